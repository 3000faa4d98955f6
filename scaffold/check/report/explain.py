"""What `check --explain CODE` prints."""

from textwrap import indent

from scaffold.check.rules.registry import PROFILES
from scaffold.errors import ScaffoldError
from scaffold.text import did_you_mean, printable


def explanation(name: str, *, as_json: bool) -> str:
    """Return the documentation of the rule with this code or slug. Raises ScaffoldError if there is none."""
    from scaffold.check.fix.fixers import FIXERS
    from scaffold.check.rules import all_rules
    from scaffold.check.rules.explanation import SECTIONS, explain

    rules = {key: rule for rule in all_rules() for key in (rule.code.lower(), rule.slug)}
    if name.lower() not in rules:
        near = did_you_mean(name, [*(rule.code for rule in rules.values()), *rules])
        message = f"unknown rule `{printable(name, 200)}`{near}"
        raise ScaffoldError(message, "give the code or name of a rule, such as `M101`")
    rule = rules[name.lower()]
    explanation = explain(rule)
    severities = {profile: severity.value for profile, severity in rule.severities.items()}
    sections = {title: str(getattr(explanation, title.lower())) for title in SECTIONS}
    if as_json:
        import json

        texts = {title.lower(): text for title, text in sections.items()}
        document = {"code": rule.code, "slug": rule.slug, "headline": explanation.headline, **texts}
        return json.dumps(document | {"severity": severities}, indent=2, ensure_ascii=False)
    head = [f"{rule.code} {rule.slug}: {explanation.headline}", f"Severity: {_by_profile(severities)}"]
    if rule.code in FIXERS:
        head.append("Fix: sometimes, with `check --fix`")
    return "\n\n".join(
        ["\n".join(head), *(f"{name}:\n{indent(text, '    ')}" for name, text in sections.items())]
    )


def _by_profile(severities: dict[str, str]) -> str:
    """Return `error` if every profile has it, else `error (public)`."""
    if len(severities) == len(PROFILES) and len(set(severities.values())) == 1:
        return severities[PROFILES[0]]
    return ", ".join(f"{severity} ({profile})" for profile, severity in severities.items())
