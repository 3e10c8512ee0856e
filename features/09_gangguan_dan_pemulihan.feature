# language: id
@bab-09 @peran-proktor
Fitur: Gangguan dan pemulihannya
  Pada hari sinkronisasi, gangguan adalah hal yang biasa.
  Bab ini menunjukkan bagaimana klien memulihkannya, tanpa melanggar prosedur.

  Setelah bab ini, proktor dapat:

  - mengenali gangguan dari tulisan di layar;
  - memilih pemulihan yang sesuai, atau melaporkan jika prosedur tidak mengaturnya;
  - menyebut tindakan yang justru memperburuk keadaan.

  Nama latihan dalam tabel adalah nama skenario di simulator. Cobalah sendiri.

  Aturan: Gangguan sebelum Submit tidak menghentikan pekerjaan

    Langkah 2 sampai 7 memuat pemulihannya: mesin, program, waktu, service, dan nomor versi.

    @latihan @langkah-04 @langkah-05 @langkah-06 @langkah-07
    Garis-Besar Skenario: Patching yang bermasalah dipulihkan dengan langkah 7
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "Pembaharuan, refresh, tutup CBTSync Web, buka CBTSync Web, Pembaharuan, Submit"
      Dan ID Server hanya dikirim dengan CBTSync versi "5.1.0"
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan                           |
        | patch-fails-once                  |
        | patch-fails-until-service-restart |
        | service-down-at-start             |
        | patched-but-old-version           |

    @latihan @langkah-04 @langkah-nb
    Garis-Besar Skenario: Patching menunggu pukul 07.45 WIB di semua zona waktu
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan kejadian "Pembaharuan" tidak tercatat sebelum pukul "07:45" WIB
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan     |
        | before-0745 |
        | wita-school |
        | wit-school  |

    @latihan @langkah-02 @langkah-03
    Garis-Besar Skenario: Mesin dan program yang salah tidak dipakai
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan mesin yang dipakai adalah "SRV-UJIAN-01"
      Dan Exambro Admin yang terbuka adalah versi "50.170406"
      Dan kejadian "buka Exambro Admin" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan           |
        | laptop-by-mistake |
        | old-exambro       |

  Aturan: Gangguan pada status ditangani menurut kalimatnya

    ID dicocokkan, reset SN diminta, atau jadwal ditunggu. ID server lain tidak dicoba.

    @latihan @langkah-01 @langkah-08 @langkah-09 @langkah-10 @langkah-11
    Garis-Besar Skenario: Setiap sebab ditangani dengan satu cara, dan ID yang dikirim tetap milik mesin ini
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan hanya ID Server milik mesin "SRV-UJIAN-01" yang dikirim
      Dan urutan kejadiannya "<urutan>"
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan             | urutan                                                |
        | two-id-slips        | ID Sinkronisasi, Submit, START SYNC                   |
        | wrong-id-typed      | ID Sinkronisasi, ID tidak dikenal, Submit, START SYNC |
        | sn-mismatch         | Submit, minta reset SN, reset SN disetujui, Submit    |
        | central-unreachable | OFFLINE, Submit, START SYNC                           |
        | dashboard-closed    | Submit, Jadwal Sinkronisasi, START SYNC               |

    # CATATAN: Berita acara menyebut kapan proktor harus kembali.
    @latihan @langkah-10
    Skenario: Pekerjaan ditunda karena jadwalnya baru dibuka besok
      Diketahui latihan "dashboard-closed-all-day" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "ditunda"
      Dan klien menulis untuk kembali pada "2017-04-09" pukul "08:00" WIB
      Dan kejadian "HAPUS" tidak tercatat
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Gangguan pada data diselesaikan tanpa kehilangan data

    Pekerjaan yang gagal diulang, yang terhenti dilanjutkan, dan **HAPUS** tetap satu kali.

    @latihan @langkah-12 @langkah-13 @langkah-14
    Skenario: HAPUS ditunda sampai backup yang gagal berhasil diulang
      Diketahui latihan "backup-fails-once" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "BACKUP, backup gagal, BACKUP, unduh cadangan, HAPUS, START SYNC"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

    # DILARANG: Jangan menekan HAPUS karena unduhan terhenti.
    @latihan @langkah-17 @langkah-18 @langkah-21
    Garis-Besar Skenario: Unduhan yang terhenti dilanjutkan dengan START SYNC
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan kejadian "START SYNC" tercatat 2 kali
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan      |
        | partial-sync |
        | sync-stalls  |

    @latihan @langkah-10 @langkah-11 @langkah-18
    Skenario: Akses yang ditutup di tengah unduhan dilaporkan apa adanya
      Diketahui latihan "window-closes-during-sync" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "dilaporkan"
      Dan server ujian memuat 5 data yang lengkap
      Dan berita acara menunda pekerjaan tanpa isian yang keliru
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Cadangan yang rusak atau tidak dapat diunduh dibuat lagi

    Cadangan dipakai setelah ukuran dan nilai SHA-256 cocok. Sebelum itu, **HAPUS** menunggu.

    @latihan @langkah-13 @langkah-14
    Garis-Besar Skenario: HAPUS menunggu cadangan yang utuh
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "<urutan>"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan                    | urutan                                        |
        | backup-file-damaged        | BACKUP, cadangan rusak, unduh cadangan, HAPUS |
        | backup-without-end-or-link | BACKUP, BACKUP, unduh cadangan, HAPUS         |

  Aturan: HAPUS yang terhenti diselesaikan sebelum START SYNC

    Sisa data lama membuat sinkronisasi salah. Yang diulang hanya penghapusan yang belum selesai.

    @latihan @langkah-14
    Garis-Besar Skenario: Data lama habis sebelum data baru diunduh
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "<urutan>"
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan            | urutan                                                                         |
        | hapus-leaves-rows  | HAPUS, HAPUS, data lama habis, START SYNC                                      |
        | hapus-stands-still | HAPUS, buka CBTSync Web, penghapusan gagal, HAPUS, data lama habis, START SYNC |

  Aturan: Service yang berhenti dijalankan sebelum pekerjaan dilanjutkan

    Pekerjaan server memerlukan service. Keadaannya dibaca setelah **Refresh**, bukan diperkirakan.

    @latihan @langkah-07 @langkah-13 @langkah-18
    Garis-Besar Skenario: Pekerjaan dilanjutkan setelah service terbaca running
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "<urutan>"
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan                 | urutan                                                                           |
        | sync-halts-with-service | START SYNC, service berhenti, Start Service, running setelah refresh, START SYNC |
        | service-will-not-start  | service berhenti, Start Service, Start Service, running setelah refresh, BACKUP  |

  Aturan: CBTSync Web yang tertutup dibuka lagi, lalu ID yang sama dikirim

    Pekerjaan di server berjalan terus. Layar hanya kehilangan tampilannya.

    @latihan @langkah-08 @langkah-18
    Skenario: Unduhan dilanjutkan setelah CBTSync Web tertutup dan jaringan putus
      Diketahui latihan "logged-out-when-line-drops" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "CBTSync Web tertutup sendiri, buka CBTSync Web, Submit, unduhan berhenti, OFFLINE, Submit, START SYNC"
      Dan hanya ID Server milik mesin "SRV-UJIAN-01" yang dikirim
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Lisensi yang tidak valid diperbaiki dengan jam WIB

    CBTSync membaca jam mesin saat dibuka. Setelah jam diatur, CBTSync Web dibuka ulang.

    @latihan @langkah-04 @langkah-nb
    Skenario: Jam mesin diatur ke WIB, lalu CBTSync Web dibuka ulang
      Diketahui latihan "licence-not-valid" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "atur jam ke WIB, tutup CBTSync Web, buka CBTSync Web, Pembaharuan"
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Keadaan yang tidak dapat diperbaiki di sekolah dilaporkan

    Prosedur tidak mengatur perbaikannya. Klien mencatat temuannya dan tidak menekan **HAPUS**.

    @latihan @langkah-16 @langkah-18 @langkah-19 @langkah-20 @langkah-21
    Garis-Besar Skenario: Kekurangan ditemukan dan dilaporkan walaupun sembilan baris hijau
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "dilaporkan"
      Dan 9 dari 9 baris hijau
      Tetapi server ujian belum siap untuk hari Senin
      Dan berita acara menunda pekerjaan tanpa isian yang keliru
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan              |
        | short-but-green      |
        | participants-missing |
        | tests-missing        |

    # CATATAN: StandBy setelah sinkronisasi lengkap adalah keadaan biasa.
    @latihan @langkah-09 @langkah-10 @langkah-18 @langkah-21
    Skenario: Server yang ternyata sudah lengkap hanya diperiksa
      Diketahui latihan "already-synced" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan kejadian "HAPUS" tidak tercatat
      Dan kejadian "START SYNC" tidak tercatat
      Dan server ujian siap untuk hari Senin
      Dan tidak ada pelanggaran yang tercatat
