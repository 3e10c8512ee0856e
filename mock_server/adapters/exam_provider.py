"""Our own Faker provider: what id_ID lacks for an exam. All it makes is fictional, and says so.

99 is the number of no province, and LTH stands for *latihan* (training). No ID or number made here
holds the letters I or O, which people take for the digits 1 and 0 when they copy them.
"""

from faker.providers.person.id_ID import Provider as IndonesianNames

_LEVEL = "U"  # as IDs of an upper secondary school begin
_LEVEL_FORMER = "S"  # of the phase before, a simulation
_PROVINCE = "99"
_SCHOOLS = (
    "Angsana", "Bahari", "Bentala", "Cakrawala", "Cempaka", "Cendana", "Embun Pagi", "Gading",
    "Jenggala", "Kemuning", "Kenanga", "Lazuardi", "Lembayung", "Mentari", "Meranti", "Nusantara",
    "Pelangi", "Purnama", "Rimba Raya", "Samudra", "Sekar Jagat", "Telaga Biru", "Teratai",
    "Wijaya",
)  # fmt: skip


class ExamProvider(IndonesianNames):
    """Draws from the generator that it was added to, like any provider: seed that one first."""

    def pupil_name(self) -> str:
        """First and last name. Not ``name()``: it adds academic titles."""
        if self.generator.random.random() < 0.5:
            return f"{self.first_name_female()} {self.last_name_female()}"
        return f"{self.first_name_male()} {self.last_name_male()}"

    def example_school(self) -> str:
        return f"SMA Contoh {self.random_element(_SCHOOLS)}"

    def npsn(self) -> str:
        """Eight digits, as the national number of a school has."""
        return _PROVINCE + self.numerify("######")

    def school_code(self) -> str:
        """Return the four digits that a school's ID Server and its pupils' numbers share."""
        return self.numerify("%###")

    @staticmethod
    def id_server(school_code: str, number: int) -> str:
        """``U99-4127-LTH01`` for the first server of school 4127."""
        return f"{_LEVEL}{_PROVINCE}-{school_code}-LTH{number:02d}"

    @staticmethod
    def participant_number(
        school_code: str, server: int, serial: int, *, former: bool = False
    ) -> str:
        """``U99-4127-01-0018`` for the 18th pupil on the first server; S for U with ``former``."""
        level = _LEVEL_FORMER if former else _LEVEL
        return f"{level}{_PROVINCE}-{school_code}-{server:02d}-{serial:04d}"
