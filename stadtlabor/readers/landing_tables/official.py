"""Columns of what offices publish: figures, holidays, quantiles over a group of municipalities, every small town."""

# One row per published cell of a statistics file. `source_figure` is the measure's own name or
# code, `attributes` a JSON object of further dimensions ({"GES": "GESW"}; a total is left out),
# `value_text` the cell exactly as written, `value` the same as a plain decimal ("53.9") or null
# where the office wrote a sign, `unit_factor` what `value` is to be multiplied by ("1000" for
# "Tsd. EUR"), `figure` the project's own name for the measure (null where the manifest maps none).
FIGURES = (
    "region_key",
    "region_label",
    "source_figure",
    "source_figure_label",
    "attributes",
    "period",
    "value_text",
    "value",
    "sign",
    "unit",
    "unit_factor",
    "quality",
    "figure",
    "source",
    "licence",
)

# One row per holiday or holiday period and list of regions; `end_date` is inclusive.
HOLIDAYS = (
    "holiday_id",
    "country",
    "start_date",
    "end_date",
    "holiday_type",
    "regional_scope",
    "name_de",
    "name_en",
    "subdivisions",
    "tags",
    "comment_de",
    "comment_en",
)

# One row per indicator, peer group and period: quantiles over all municipalities of the group, as
# `stadtlabor peer-bands` computed them.
PEER_BANDS = (
    "indicator_id",
    "peer_group",
    "period",
    "municipality_count",
    "p10",
    "p20",
    "p25",
    "p30",
    "p40",
    "p50",
    "p60",
    "p70",
    "p75",
    "p80",
    "p90",
    "tables",
)

# One row per small town of Germany, as `stadtlabor peer-bands` drew it from the full tables; `town_type` and
# `location` are the BBSR's keys.
MUNICIPALITIES = (
    "ags",
    "name",
    "district",
    "population",
    "population_date",
    "area_km2",
    "latitude",
    "longitude",
    "town_type",
    "location",
)

# One row per indicator and small town: its value in the newest period that the full tables have.
MUNICIPALITY_VALUES = ("indicator_id", "period", "ags", "value")
