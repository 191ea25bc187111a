"""People who do not exist: their values for the concepts, one drawn from the other.

Age leads to status, status to work, work to presence and home office, the destination to kilometres,
kilometres and means of transport to minutes, home office to commuting days. Answers of one person to
a grid share a mood. A shape (`shapes.yml`) says how likely what is in a town.
"""

from collections.abc import Mapping

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.shapes import Shape

# A concept's value: a code, a number, marked items, or an item's step from 1 (best) to 5.
Value = str | float | list[str] | dict[str, int]
Person = dict[str, Value]

WORKING_DAYS = 5


WORKING = {
    "employed_full_time", "employed_part_time", "civil_servant", "self_employed", "marginally_employed", "apprentice",
}  # fmt: skip


def person(dice: Dice, shape: Shape) -> Person:
    """One respondent's values; concepts that do not apply to somebody are left out."""
    who: Person = {"age_group": dice.pick(shape.ages)}
    who["gender"] = "diverse" if dice.chance(0.01) else dice.pick({"female": shape.female, "male": 1 - shape.female})
    who["status"] = dice.pick(shape.status[str(who["age_group"])])
    who["employed"] = "yes" if who["status"] in WORKING else "no"
    if who["employed"] == "yes":
        _work(dice, shape, who)
        if shape.places:
            _commute(dice, shape, who)
    _opinions(dice, shape, who)
    return who


def _work(dice: Dice, shape: Shape, who: Person) -> None:
    if shape.sectors:
        who["sector"] = dice.pick(shape.sectors)
    if shape.employers:
        who["employer"] = dice.pick(shape.employers)
    kind = str(who.get("employer", who.get("sector", "")))
    is_free = dice.chance(shape.not_required.get(kind, 0.4))
    who["presence_required"] = dice.pick({"some_days": 6, "never": 4}) if is_free else "always"
    # Allowed and possible are two things: few may without being able to, some could and may not.
    may = shape.remote.get(kind, 0.85 if is_free else 0.08)
    who["remote_possible"] = dice.pick({"regularly": 0.6 * may, "occasionally": 0.4 * may, "no": 1 - may})
    if dice.chance(0.03):
        who["remote_possible"] = "unknown"
    typical = {"regularly": 2.2, "occasionally": 0.8}.get(str(who["remote_possible"]), 0.0)
    days = max(0, min(WORKING_DAYS, round(dice.normal(typical, 0.8)))) if typical else 0
    who["home_office_days"] = days
    extra = {"never": 2.0, "some_days": 1.0}.get(str(who["presence_required"]), 0.0)
    who["home_office_days_possible"] = max(days, min(WORKING_DAYS, round(dice.normal(days + extra, 0.7))))


def _commute(dice: Dice, shape: Shape, who: Person) -> None:
    # Who works for themselves mostly works where they live.
    likely = shape.commutes * (0.3 if who["status"] == "self_employed" else 1.08)
    who["commutes"] = "yes" if dice.chance(likely) else "no"
    if who["commutes"] == "no":
        return
    goal = dice.pick({name: place.weight for name, place in shape.places.items()})
    place = shape.places[goal]
    who["destination"] = goal
    km = max(3.0, dice.normal(place.km, place.spread))
    who["commute_km"] = round(km / 5) * 5 if km > 20 and dice.chance(0.7) else round(km)
    # A bicycle carries nobody 40 km a day.
    modes = {mode: weight for mode, weight in shape.modes.items() if mode != "bicycle" or km < 15}
    who["commute_mode"] = dice.pick(modes)
    slower = {"car": 0, "carpool": 5, "rail": 8, "bus": 14, "bicycle": 12}
    minutes = km / place.speed * 60 + slower[str(who["commute_mode"])] + dice.normal(6, 6)
    minutes = max(4.0, minutes)
    # People round their minutes to fives, long ones to tens.
    step = 10 if minutes > 75 and dice.chance(0.5) else 5 if dice.chance(0.85) else 1
    who["commute_minutes"] = max(step, round(minutes / step) * step)
    away = WORKING_DAYS - int(float(str(who["home_office_days"])))
    who["commute_days"] = max(0, away - (1 if who["status"] == "employed_part_time" and dice.chance(0.6) else 0))


def _opinions(dice: Dice, shape: Shape, who: Person) -> None:
    """What people think: moods are shared within a person, interest follows from the working day."""
    mood = dice.normal(0, 0.45)
    for concept, means in shape.steps.items():
        who[concept] = {item: max(1, min(5, round(dice.normal(mean + mood, 0.95)))) for item, mean in means.items()}
    if shape.interest:
        who["coworking_interest"] = dice.pick(_leaning(shape.interest, who))
    for concept, chances in shape.marks.items():
        marked = dice.some(chances)
        who[concept] = (
            ["nothing"] if "nothing" in marked and len(marked) == 1 else [m for m in marked if m != "nothing"]
        )
    for concept, weights in shape.choices.items():
        who[concept] = dice.pick(weights)
    for concept, amounts in shape.prices.items():
        who[concept] = float(dice.pick(amounts))


def _leaning(weights: Mapping[str, float], who: Person) -> dict[str, float]:
    """Interest in co-working: more among those who could work elsewhere, less among those who cannot."""
    for_it = {"very", "rather", "yes"}
    factor = 1.5 if who.get("presence_required", "always") != "always" else 0.75
    return {answer: weight * (factor if answer in for_it else 1) for answer, weight in weights.items()}
