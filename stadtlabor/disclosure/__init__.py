"""Statistical disclosure control: hide what would disclose a person, and attack the result.

    protected = protect(cells, policy, recodes, completed, previous)   what may be shown, cell by cell
    result = audit(protected, policy, recodes, completed, previous)    an outsider's attack on it
    released(protected)                                                the columns that may leave

The two sides are apart on purpose. `primary`, `links`, `secondary`, `search`, `moves`, `programmes`,
`previous` and `published` protect; `evidence`, `view`, `other_numbers`, `ranges` and `attack` attack, and
know of the release only what is printed. They share the description of tables, the policy, and the solver.

What the attack does not try: tables of three and more dimensions that follow from several breakdowns of
one question at once (each breakdown is related to its margins and to all other tables through them, and
two breakdowns of one question limit both together, but are not crossed); knowledge from outside the
release, such as that a certain person took part; and the choice of hidden cells itself, from which a
patient reader of the method might learn which of them is the small one.
"""
