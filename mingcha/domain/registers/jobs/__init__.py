"""What the registers do by themselves; the worker finds it here."""

from mingcha.domain.registers.jobs.imports import carry_on_with_imports, discard_old_files
from mingcha.domain.registers.jobs.lifecycle import mark_silent_subjects
from mingcha.domain.registers.jobs.links import renew_due_links

__all__ = ["carry_on_with_imports", "discard_old_files", "mark_silent_subjects", "renew_due_links"]
