"""Procedure packs as data, and what is judged by them: rubric, assessment, coach, debrief. Pure."""
