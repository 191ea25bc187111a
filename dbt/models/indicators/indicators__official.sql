{{ config(materialized='table') }}
-- What can be said of every municipality of the official statistics, whether in the network or not.
{{ indicators_of('indicators__official') }}
