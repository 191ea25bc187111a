{{ config(materialized='table') }}
-- What the towns of the network record themselves: bookings, events, labs.
{{ indicators_of('indicators__recorded') }}
