"""The facts of one edition of the procedure: versions, opening hour, number of data sets.

They are public knowledge, announced on paper, so the client has its own copy. The defaults are
those of 2017; ``procedure_file.py`` reads the facts of another edition from its pack.
"""

import msgspec


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    pack: str = "unbk-2017"
    exambro_version: str = "50.170406"
    cbtsync_version: str = "5.1.0"
    patching_opens: str = "07:45"  # HH:MM, WIB
    data_sets: int = 9


UNBK_2017 = Procedure()
