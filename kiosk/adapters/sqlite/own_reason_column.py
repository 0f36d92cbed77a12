"""Where a reason in the receptionist's own words is kept: beside the name, erased with it."""

OWN_REASON = (
    "ALTER TABLE entry_identity ADD COLUMN own_reason TEXT",  # NULL: a reason of the list
    "DROP VIEW inside",
    "DROP VIEW register",
    """CREATE VIEW register AS
-- One row a visit, refusals included. Times are UTC. Stable: columns are only ever added.
SELECT v.visit_id, v.gate_id AS gate, v.occurred_at AS came_in,
    CASE WHEN d.reason <> 'not_checked_out' THEN d.occurred_at END AS went_out,
    i.name, i.kind, i.unit, i.host, i.purpose,
    json_extract(h.readings, '$[#-1]') / 10.0 AS temperature,
    (SELECT group_concat(printf('%.1f', value / 10.0), ' ') FROM json_each(h.readings))
        AS readings,
    CASE h.mask WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS mask,
    v.verdict, v.reason,
    CASE WHEN d.reason = 'not_checked_out' THEN 'unseen'
        WHEN v.departure_id IS NOT NULL THEN 'departure' END AS closed_by,
    CASE WHEN coalesce(a.noted_at, d.noted_at) IS NULL THEN 'no' ELSE 'yes' END AS entered_later,
    CASE WHEN a.identity_commitment IS NOT NULL AND i.entry_id IS NULL
        THEN 'yes' ELSE 'no' END AS name_erased,
    CASE WHEN a.health_commitment IS NOT NULL AND h.entry_id IS NULL
        THEN 'yes' ELSE 'no' END AS health_erased,
    i.own_reason
FROM visit AS v
JOIN log_entry AS a ON a.entry_id = v.arrival_id
LEFT JOIN log_entry AS d ON d.entry_id = v.departure_id
LEFT JOIN entry_identity AS i ON i.entry_id = v.arrival_id
LEFT JOIN entry_health AS h ON h.entry_id = v.arrival_id""",
    """CREATE VIEW inside AS
-- Who is in the building: admitted and not left. Times are UTC. Stable, as register is.
SELECT visit_id, gate, came_in, name, kind, unit, host, purpose FROM register
WHERE verdict = 'admit' AND closed_by IS NULL""",
)
