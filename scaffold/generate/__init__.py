"""From answers to a project: questions, wizard, rendering, logos, overlays."""
