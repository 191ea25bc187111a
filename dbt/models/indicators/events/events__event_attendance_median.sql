{{ event_indicator('event_attendance_median') }}
