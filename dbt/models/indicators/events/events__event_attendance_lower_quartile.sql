{{ event_indicator('event_attendance_lower_quartile') }}
