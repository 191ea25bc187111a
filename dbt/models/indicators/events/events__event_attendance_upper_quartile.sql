{{ event_indicator('event_attendance_upper_quartile') }}
