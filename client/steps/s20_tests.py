"""Step 20, Status Test: Daftar Test holds the tests of the registration. No test is started."""

from client import checking, counts
from client.calls import TESTS
from client.step import Footing, Step

STEP = Step(
    number=20,
    name="tests",
    footing=Footing.IDENTIFIED,
    act=checking.compare_tests,
    ask=TESTS,
    findings=counts.listed_test_findings,
)
