"""Every scenario of every chapter in features/."""

from pytest_bdd import scenarios

scenarios(".")
