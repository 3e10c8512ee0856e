# language: id
@bab-02 @peran-proktor
Fitur: Patching CBTSync sebelum ID Server dikirim
  Hari sinkronisasi dimulai dengan **patching**, bukan dengan mengunduh data.
  Bab ini memuat langkah 4 sampai 7 dan NB dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - menghitung kapan patching dibuka di zona waktu sekolahnya;
  - membedakan pesan **Patching Berhasil** dari bukti bahwa versinya benar;
  - memulihkan patching yang gagal tanpa menebak-nebak.

  Patching yang selesai belum berarti sinkronisasi boleh dimulai.
  Jadwal sinkronisasi sekolah dibahas pada bab tentang StandBy dan Aktif.

  # CATATAN: Nama mesin dan nomor versi lama dalam bab ini hanya contoh latihan.
  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
    Dan Exambro Admin versi "50.170406" sudah terbuka
    Dan CBTSync masih versi "5.0.4"

  Aturan: Patching dibuka serentak di seluruh Indonesia, pukul 07.45 WIB

    Jam resmi ditulis dalam WIB. Sekolah di WITA menambah satu jam, sekolah di WIT dua jam.

    # PERINGATAN: Pukul 07.45 di jam dinding WITA sama dengan pukul 06.45 WIB.
    @langkah-04 @langkah-nb
    Garis-Besar Skenario: Jam WIB menentukan apakah patching sudah dibuka
      Diketahui jam dinding sekolah menunjukkan "<jam>" "<zona>"
      Ketika proktor membuka CBTSync Web
      Maka jam WIB di layar menunjukkan "<wib>"
      Dan Auto Patching berstatus "<status>"

      Contoh: Sekolah di zona WIB
        | jam   | zona | wib   | status       |
        | 07:44 | WIB  | 07:44 | belum dibuka |
        | 07:45 | WIB  | 07:45 | sudah dibuka |

      Contoh: Sekolah di zona WITA
        | jam   | zona | wib   | status       |
        | 07:45 | WITA | 06:45 | belum dibuka |
        | 08:44 | WITA | 07:44 | belum dibuka |
        | 08:45 | WITA | 07:45 | sudah dibuka |

      Contoh: Sekolah di zona WIT
        | jam   | zona | wib   | status       |
        | 07:45 | WIT  | 05:45 | belum dibuka |
        | 09:44 | WIT  | 07:44 | belum dibuka |
        | 09:45 | WIT  | 07:45 | sudah dibuka |

    # CATATAN: Datang terlalu pagi bukan pelanggaran. Proktor cukup menunggu.
    @langkah-04 @langkah-nb
    Skenario: CBTSync Web yang dibuka terlalu pagi tidak dihitung sebagai patching gagal
      Diketahui CBTSync Web sudah dibuka pada pukul "07:30" "WIB"
      Ketika proktor membuka ulang CBTSync Web pada pukul "07:45" "WIB"
      Maka Auto Patching berstatus "sudah dibuka"
      Dan kejadian "patching gagal" tidak tercatat

    @langkah-05 @langkah-nb
    Skenario: Pembaharuan sebelum waktunya ditolak beserta jam bukanya
      Diketahui CBTSync Web sudah dibuka pada pukul "07:30" "WIB"
      Ketika proktor menekan Pembaharuan
      Maka layar menolak dengan pesan "Auto Patching dibuka pukul 07:45 WIB."
      Dan kejadian "patching gagal" tidak tercatat

  Aturan: Patching dibuktikan oleh nomor versi, bukan oleh pesan

    Pesan di layar dapat keliru. Nomor versi dibaca sebelum ID Server dikirim.

    # TIP: Catat nomor versi saat membacanya; berita acara memintanya.
    @layar @langkah-04 @langkah-05 @langkah-06
    Skenario: Patching selesai dan CBTSync menjadi versi 5.1.0
      Diketahui CBTSync Web sudah dibuka pada pukul "07:50" "WIB"
      Dan service di mesin itu berjalan
      Ketika proktor melanjutkan patching dengan Pembaharuan
      Maka hasil patching adalah "Patching Berhasil"
      Dan CBTSync menampilkan versi "5.1.0"
      Dan formulir ID Server terbuka

    @latihan @langkah-06 @langkah-07
    Skenario: Pesan berhasil dengan versi lama diperlakukan sebagai patching gagal
      Diketahui patching melaporkan "Patching Berhasil" tanpa mengganti versi
      Ketika proktor menjalankan pemulihan langkah 7
      Maka urutan kejadiannya "tutup CBTSync Web, buka CBTSync Web, Pembaharuan"
      Dan hasil patching adalah "Patching Berhasil"
      Dan CBTSync menampilkan versi "5.1.0"

    # PERINGATAN: ID Server yang dikirim dengan versi lama dicatat sebagai B6.
    @latihan @langkah-06 @langkah-08
    Skenario: ID Server tidak dikirim selama versinya masih lama
      Diketahui patching melaporkan "Patching Berhasil" tanpa mengganti versi
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka CBTSync menampilkan versi "5.0.4"
      Dan tindakan itu dicatat sebagai "B6"

  Aturan: Patching yang gagal dipulihkan lewat service, lalu CBTSync Web dibuka ulang

    Urutannya tetap: service, refresh, tutup, buka lagi, patching, versi.

    # CATATAN: Dalam latihan, jendela tiruan ditutup dengan tombol ×, bukan ALT+F4.
    @layar @latihan @langkah-07
    Skenario: Patching berhasil setelah service berjalan dan CBTSync Web dibuka ulang
      Diketahui patching gagal karena service berhenti
      Ketika proktor menjalankan pemulihan langkah 7
      Maka urutan kejadiannya "Start Service, running setelah refresh, tutup CBTSync Web, buka CBTSync Web, Pembaharuan"
      Dan service di mesin itu berjalan
      Dan hasil patching adalah "Patching Berhasil"
      Dan CBTSync menampilkan versi "5.1.0"

    # CATATAN: Tombol refresh di sini bukan REFRESH STATUS pada langkah 16.
    @latihan @langkah-07
    Skenario: Layar menampilkan keadaan service yang lama sampai refresh ditekan
      Diketahui tab Service Restart menampilkan service "stopped"
      Ketika proktor menjalankan Start Service tanpa refresh
      Maka tab Service Restart tetap menampilkan service "stopped"
      Tetapi service di mesin itu berjalan

    @latihan @langkah-07
    Skenario: Patching tetap gagal selama CBTSync Web belum dibuka ulang
      Diketahui patching gagal karena service berhenti
      Tetapi service di mesin itu sudah berjalan lagi
      Ketika proktor mengulang patching tanpa membuka ulang CBTSync Web
      Maka layar menolak dengan pesan "Buka ulang CBTSync Web untuk mencoba lagi."
      Dan hasil patching adalah "Patching gagal"
      Dan CBTSync menampilkan versi "5.0.4"

    # PERINGATAN: Tiga kali mengulang tanpa memeriksa service dicatat sebagai B9.
    @latihan @langkah-07
    Skenario: Pengulangan tanpa memeriksa service memberi hasil yang sama
      Diketahui patching gagal karena service berhenti
      Ketika proktor mengulang patching 3 kali tanpa memeriksa service
      Maka hasil patching adalah "Patching gagal"
      Dan tindakan itu dicatat sebagai "B9"
