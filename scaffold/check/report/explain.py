"""What `check --explain CODE` prints."""

from textwrap import indent

from scaffold.errors import ScaffoldError
from scaffold.text import did_you_mean, printable


def explanation(name: str, *, as_json: bool) -> str:
    """Return what the rule of this code or slug is about. Raises ScaffoldError for no such rule."""
    from scaffold.check.rules import all_rules
    from scaffold.check.rules.explanation import SECTIONS, explain

    rules = {key: rule for rule in all_rules() for key in (rule.code.lower(), rule.slug)}
    if name.lower() not in rules:
        near = did_you_mean(name, [*(rule.code for rule in rules.values()), *rules])
        message = f"no rule is called `{printable(name, 200)}`{near}"
        raise ScaffoldError(message, "give a code that a finding shows")
    rule = rules[name.lower()]
    explanation = explain(rule)
    severities = {profile: severity.value for profile, severity in rule.severities.items()}
    sections = {title: str(getattr(explanation, title.lower())) for title in SECTIONS}
    if as_json:
        import json

        texts = {title.lower(): text for title, text in sections.items()}
        document = {"code": rule.code, "slug": rule.slug, "headline": explanation.headline, **texts}
        return json.dumps(document | {"severity": severities}, indent=2, ensure_ascii=False)
    levels = ", ".join(f"{severity} ({profile})" for profile, severity in severities.items())
    head = [f"{rule.code} {rule.slug}: {explanation.headline}", f"Severity: {levels}"]
    return "\n\n".join(
        ["\n".join(head), *(f"{name}:\n{indent(text, '    ')}" for name, text in sections.items())]
    )
