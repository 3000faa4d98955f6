"""The read model: a widget as the rules see it, each file parsed once, on first use.

- `widget`: the entry to everything below; `places`: lines and columns; `file_types`: which files are text
- `manifest`: manifest.json by meaning; uses `misplaced` (values in the wrong place, misspelt keys) and
  `location_guess` (misspelt locations)
- `texts`: i18n files; `twig`: templates; `styles`: selectors of style sheets
- `hosts`: which hosts cannot be reached from outside
- `images`: formats and sizes from headers; `png`: whether the pixels are complete
- `outline`: what the rules may ask about a script; `script` builds it from
  - `syntax_tree` (tree-sitter), `syntax_errors` and `scopes` (what a name refers to)
  - `amd` (calls of define), `callbacks`, `salesbot_steps`
  - `text_lookups` and `template_loads`, which follow strings by `data_flow`
  - `uses` (calls and patterns), `page_uses` (of the CRM's page) and `text_reads` (of `langs`), gathered by
    `use_collector`; `libraries`: bundled code, in which some uses do not count
  - `undeclared_names`, with `reachability`: whether a line always runs
"""
