"""From a widget to findings: the model, the rules, the engine, fixes and reports."""
