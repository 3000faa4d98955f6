"""From a widget to findings.

- `runner`: from the user's path to a `Run`; reads the project's record and waivers
- `model/`: the widget, each of its files parsed once
- `rules/`: pure functions from the model to problems, one family a file format or subject
- `engine`: runs the rules that apply and turns their problems into findings
- `findings`: what a finding is; `options`: what the user asked for
- `waivers`: the findings that a team accepts
- `fix/`: edits files, checks again and keeps only what makes nothing worse
- `report/`: findings as text, JSON, GitHub annotations or SARIF; and what `--explain` prints
"""
