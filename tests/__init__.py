"""The tests, in a package for each part of `scaffold/`; CONTRIBUTING says how to run them.

check/, documents/, generate/, grow/, preview/, project/   the packages of the same names
commands/    command lines that belong to no such package, and what they print
files/       writing trees, the cache folder, ignored and special files
widget/      the widget that `new` generates: manifest, script, style, texts, types, pictures
php/         the back end that `new` generates, and the preview's requests to it
test_*.py    the repository as a whole: facts, imports, packaging, README, integrations

Shared by all packages:

cases.py     answers for many widgets; `EVERY_CASE` runs a test on each
random_answers.py   answers for as many widgets as wanted, from a seed
hosting.py   runs generated widgets in the fake CRM of host/, and other scripts in node
shell.py     command lines of ours in this process (the fixture `shell`)
sharing.py   values made once for all pytest-xdist workers
ports.py     ports for servers that have to be given one
waiting.py   waits for other processes

Data and programs: golden/ (trees kept for review), host/ (the fake CRM), eslint/ and typescript/ (linters of
generated scripts), bench/ (benchmarks to run by hand), docs.py (writes the generated documentation),
logo_parts.py (draws the parts of placeholder logos), facts_drift.py (finds facts to read again), picture.py
(takes README's pictures), run and lock.
"""
