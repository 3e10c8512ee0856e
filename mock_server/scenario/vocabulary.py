"""Words of briefs and faults, told apart by weight: enough to know when one text retells another.

Small on purpose: no grammar, only the commonest endings, and lists that a person can read.
"""

import re

from mock_server.procedure.texts import Language

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Small words, by which a language is recognised.
FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "id": _listed("yang dan tidak untuk dengan dari ini itu pada sudah belum saja anda di ke"),
    "en": _listed("the and not for with from this that is are you your of to it in at"),
}

# Words without weight, then those of the trade: a brief may use them whatever the fault is.
_LIGHT: dict[Language, frozenset[str]] = {
    "id": _listed("""
        ada akan anda atau awal baru belum bukan dan dapat dari dengan di dua hari ini itu juga jika
        kali lain lagi lalu lama lebih masih mulai oleh pada paling saat sampai satu sebagian
        sebuah sejak semua sendiri setelah sudah supaya tapi tetapi tetap tidak tiga untuk waktu
        yang

        backup batas berkas cadangan cbtsync daftar dashboard data halaman id jadwal layar mesin
        nama patching pekerjaan perintah peserta pusat sekolah server service sinkronisasi status
        test unduh versi web
    """),
    "en": _listed("""
        a all an and are as at be before but by can cannot do does for from has have if in is it
        its just more new no not of off on one or out some still start starts that the them then
        there they this time to two up was what when which while with yet you your

        another backup cbtsync centre command daftar dashboard data download file id job list
        machine message number old page participant participants patching records row rows school
        screen server service set sync synchronisation status test version web
    """),
}


def sentences(text: str) -> list[str]:
    """Split at sentence ends; a time such as 07.40 is none."""
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]


def words(text: str) -> list[str]:
    """The words in small letters, numbers included."""
    return _WORD.findall(text.lower())


def stems(text: str, language: Language) -> frozenset[str]:
    """The words of weight, without the commonest prefixes and endings."""
    return frozenset(
        _stem(word, language)
        for word in words(text)
        if word not in _LIGHT[language] and not word.isdigit()
    )


def _stem(word: str, language: Language) -> str:
    if language == "en":
        bare = re.sub(r"(?<=...)(?:ing|ed|es|s)$", "", word)
        return re.sub(r"([bdfgklmnprst])\1$", r"\1", bare)  # stopped and stops
    bare = re.sub(r"(?<=....)(?:nya|kan)$", "", word)
    return re.sub(r"^(?:ter|di|ber)(?=....)", "", bare)
