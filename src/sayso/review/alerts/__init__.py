"""What people asked to be told of, and telling it to them once.

`rules` reads what they asked for, `holding` says what of it holds on record, `telling` compares
that with what was told before, and `delivery` sends it.
"""

from sayso.review.alerts.rules import Alerts, Rule, rules
from sayso.review.alerts.telling import Undelivered, tell

__all__ = ["Alerts", "Rule", "Undelivered", "rules", "tell"]
