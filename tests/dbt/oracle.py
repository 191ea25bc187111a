"""Every indicator once more, in plain Python from the CSV files: slow, naive and by other means than the SQL.

Each function takes the figures of one town, `figures[name][period] = number`, and returns
`{period: value}` for the periods it can compute; None where the value is withheld on purpose.
"""

import datetime as dt
from collections.abc import Callable, Mapping

Series = Mapping[str, float]
Figures = Mapping[str, Series]
Values = dict[str, float | str | None]

# Dippoldiswalde took in Schmiedeberg; a number per inhabitant never mixes the two territories.
MERGERS = {"14628060": dt.date(2014, 1, 1)}
# Between these days the population was counted anew or computed otherwise.
POPULATION_BREAKS = (dt.date(2011, 5, 9), dt.date(2016, 1, 1), dt.date(2024, 1, 1))
# Figures that an office publishes as they are shown, by indicator; where no name is given, it is the same.
AS_PUBLISHED = {
    "population_change_pct_per_year": "",
    "population_15_to_64": "",
    "commuting_distance": "commuting_distance_km",
    "unemployed": "",
    "employees_at_workplace": "",
    "employment_rate": "employment_rate_pct",
    "employment_rate_women": "employment_rate_women_pct",
    "employment_rate_men": "employment_rate_men_pct",
    "tax_capacity_per_inhabitant": "tax_capacity_eur_per_inhabitant",
    "income_tax_per_inhabitant": "income_tax_share_eur_per_inhabitant",
    "property_tax_a_multiplier": "property_tax_a_multiplier_pct",
    "mobile_2g_area": "mobile_2g_area_pct",
    "mobile_4g_area": "mobile_4g_area_pct",
    "mobile_5g_area": "mobile_5g_area_pct",
    "public_transport_access": "public_transport_access_pct",
    "drive_time_regional_centre": "drive_time_regional_centre_min",
    "transit_time_regional_centre": "transit_time_regional_centre_min",
    "daily_distance": "daily_distance_km",
    "daily_travel_time": "daily_travel_time_min",
    "persons_leaving_home": "persons_leaving_home_pct",
    "settlement_area_share": "settlement_area_pct",
    "settlement_area_change": "settlement_area_change_pct",
    "renewable_power": "renewable_power_mw_per_1000",
    "doctors_per_10000": "",
    "family_doctors_per_10000": "",
}
MODES = ("car_driver", "car_passenger", "public_transport", "cycling", "walking")
PLACES = (
    "pharmacy", "family_doctor", "emergency_hospital", "supermarket", "primary_school", "lower_secondary_school",
    "upper_secondary_school", "indoor_pool", "outdoor_pool", "charging_point", "fast_charging_point", "police",
)  # fmt: skip
MULTIPLIERS = {
    "property_tax_b_multiplier": "property_tax_b_multiplier_pct",
    "trade_tax_multiplier": "trade_tax_multiplier_pct",
}
TAXES = (
    "property_tax_a_revenue_eur",
    "property_tax_b_revenue_eur",
    "trade_tax_net_revenue_eur",
    "income_tax_share_eur",
    "value_added_tax_share_eur",
)


# INKAR counts all years on today's territory (of the unemployed those up to 2015, all before the one merger).
OF_TODAY = {"population_15_to_64", "unemployed"}


def middle(period: str) -> dt.date:
    """The day itself, or 2 July of a year (1 July of a leap year: the 183rd of 366 days has passed)."""
    if len(period) == 10:
        return dt.date.fromisoformat(period)
    first, last = dt.date(int(period), 1, 1), dt.date(int(period), 12, 31)
    return first + dt.timedelta(days=(last - first).days // 2)


def published(name: str) -> Callable[[str, Figures], Values]:
    return lambda town, figures: dict(figures.get(name, {}))


def same_date(numerator: str, denominator: str, factor: float = 1) -> Callable[[str, Figures], Values]:
    def compute(town: str, figures: Figures) -> Values:
        top, bottom = figures.get(numerator, {}), figures.get(denominator, {})
        return {
            period: "."
            if parts_by_merger(town, period, numerator, denominator)
            else top[period] / bottom[period] * factor
            for period in top
            if period in bottom
        }

    return compute


def or_published(name: str, compute: Callable[[str, Figures], Values]) -> Callable[[str, Figures], Values]:
    """What can be computed, and the office's own value for the other periods."""
    return lambda town, figures: {**figures.get(name, {}), **compute(town, figures)}


def per_inhabitant(
    numerator: str, factor: float = 1, denominator: str = "population"
) -> Callable[[str, Figures], Values]:
    def compute(town: str, figures: Figures) -> Values:
        return {
            period: "." if parts_by_merger(town, period, numerator, denominator) else value / inhabitants * factor
            for period, value in figures.get(numerator, {}).items()
            if (inhabitants := nearest_population(town, figures, period, denominator)) is not None
        }

    return compute


def parts_by_merger(town: str, period: str, *names: str) -> bool:
    """Whether one of two figures counts the merged town of before the merger, and the other does not."""
    return town in MERGERS and middle(period) < MERGERS[town] and len({name in OF_TODAY for name in names}) == 2


def nearest_population(town: str, figures: Figures, period: str, name: str = "population") -> float | None:
    """The population whose day lies nearest to the period's middle, not over a year off, on the same territory."""
    wanted = middle(period)
    candidates = []
    for date, value in figures.get(name, {}).items():
        day = middle(date)
        merger = MERGERS.get(town)
        if merger is not None and min(day, wanted) < merger <= max(day, wanted):
            continue
        if abs((day - wanted).days) <= 366:
            candidates.append((abs((day - wanted).days), -day.toordinal(), value))
    return min(candidates)[2] if candidates else None


def commuter_balance(town: str, figures: Figures) -> Values:
    count = commuter_balance_count(town, figures)
    return {p: 100 * float(n or 0) / figures["employees_at_workplace"][p] for p, n in count.items()}


def commuter_balance_count(town: str, figures: Figures) -> Values:
    coming, going = figures.get("in_commuters", {}), figures.get("out_commuters", {})
    return {period: coming[period] - going[period] for period in coming if period in going}


def population_change(town: str, figures: Figures) -> Values:
    population = figures["population"]
    values: Values = {}
    for period, now in population.items():
        before = f"{int(period[:4]) - 1}{period[4:]}"
        if before not in population:
            continue
        breaks = [*POPULATION_BREAKS, *([MERGERS[town]] if town in MERGERS else [])]
        is_broken = any(middle(before) < day <= middle(period) for day in breaks)
        values[period] = None if is_broken else (now / population[before] - 1) * 100
    return values


def unemployment_rate_estimate(town: str, figures: Figures) -> Values:
    values: Values = {}
    for period, unemployed in figures.get("unemployed", {}).items():
        employed = figures["employees_at_residence"]
        nearest = min(employed, key=lambda date: abs((middle(date) - middle(period)).days))
        if abs((middle(nearest) - middle(period)).days) > 18 * 30.5:
            continue
        values[period] = unemployed / (employed[nearest] + unemployed) * 100
    return values


def marginally_employed_share(town: str, figures: Figures) -> Values:
    marginal, insured = figures.get("marginally_employed_at_workplace", {}), figures["employees_at_workplace"]
    return {period: 100 * n / (n + insured[period]) for period, n in marginal.items() if period in insured}


def tax_revenue_per_inhabitant(town: str, figures: Figures) -> Values:
    years = set.intersection(*(set(figures.get(tax, {})) for tax in TAXES))
    totals = {year: sum(figures[tax][year] for tax in TAXES) for year in years}
    return per_inhabitant("total")(town, {**figures, "total": totals})


INDICATORS: dict[str, Callable[[str, Figures], Values]] = {
    "population": published("population"),
    "population_census": published("population_census"),
    "population_change": population_change,
    "women_share": same_date("population_female", "population", 100),
    "area": published("area_km2"),
    "population_density": or_published("population_density", same_date("population", "area_km2")),
    "working_age_share": same_date("population_15_to_64", "population", 100),
    "out_commuter_share": same_date("out_commuters", "employees_at_residence", 100),
    "in_commuter_share": same_date("in_commuters", "employees_at_workplace", 100),
    "commuter_balance": commuter_balance,
    "commuter_balance_count": commuter_balance_count,
    "jobs_per_100_employed_residents": same_date("employees_at_workplace", "employees_at_residence", 100),
    "employees_at_workplace_per_1000": per_inhabitant("employees_at_workplace", 1000),
    "unemployed_per_1000_working_age": per_inhabitant("unemployed", 1000, "population_15_to_64"),
    "unemployed_per_1000": per_inhabitant("unemployed", 1000),
    "unemployment_rate_estimate": unemployment_rate_estimate,
    "long_term_unemployed_share": same_date("unemployed_long_term", "unemployed", 100),
    "marginally_employed_share": marginally_employed_share,
    "marginally_employed_per_1000": per_inhabitant("marginally_employed_at_residence", 1000),
    "tertiary_share": same_date("employees_at_workplace_services", "employees_at_workplace", 100),
    "tax_revenue_per_inhabitant": tax_revenue_per_inhabitant,
    **{indicator: published(name) for indicator, name in MULTIPLIERS.items()},
    **{f"broadband_{speed}": published(f"broadband_{speed}_mbits_pct") for speed in (50, 100, 200, 400, 1000)},
    **{
        f"broadband_fixed_line_{speed}": published(f"broadband_fixed_line_{speed}_mbits_pct")
        for speed in (50, 100, 1000)
    },
    "dwelling_vacancy": published("dwelling_vacancy_pct"),
    "owner_occupied": published("owner_occupied_pct"),
    "average_net_rent": published("average_net_rent_eur_per_m2"),
    "average_household_size": published("average_household_size"),
    "overnight_stays_per_inhabitant": or_published("overnight_stays_per_inhabitant", per_inhabitant("overnight_stays")),
    "guest_beds_per_1000": or_published("guest_beds_per_1000_inhabitants", per_inhabitant("guest_beds", 1000)),
    "average_stay": or_published("length_of_stay_days", same_date("overnight_stays", "guest_arrivals")),
    **{indicator: published(name or indicator) for indicator, name in AS_PUBLISHED.items()},
    **{f"modal_share_{mode}": published(f"modal_share_{mode}_pct") for mode in MODES},
    **{f"drive_time_{place}": published(f"drive_time_{place}_min") for place in PLACES},
}
