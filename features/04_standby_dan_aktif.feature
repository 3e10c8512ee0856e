# language: id
@bab-04 @peran-proktor
Fitur: StandBy atau Aktif, menunggu atau mulai
  Dashboard memberi tahu apakah server boleh mulai mengunduh data.
  Bab ini memuat langkah 10 dan 11 dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - membaca status bersama kalimatnya, bukan dari warnanya saja;
  - membedakan jadwal yang belum dibuka dari ID yang terikat pada mesin lain;
  - memutuskan untuk menunggu, meminta reset SN, atau mulai.

  Menunda sinkronisasi dengan laporan yang benar adalah hasil yang baik.

  # CATATAN: Pengumuman menulis StandBy dan Aktif; layar latihan menulis STANDBY dan AKTIF.
  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
    Dan patching sudah selesai

  Aturan: Status dibaca bersama kalimatnya

    STANDBY dan OFFLINE masing-masing mempunyai lebih dari satu sebab.
    Hanya kalimatnya yang menunjukkan sebab itu.

    @layar @langkah-10 @langkah-11
    Garis-Besar Skenario: Kalimat pada Dashboard menunjukkan sebab statusnya
      Diketahui <sebab>
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka status Dashboard adalah "<status>" dengan kalimat "<kalimat>"

      Contoh:
        | sebab                                                    | status  | kalimat                                             |
        | jadwal sinkronisasi sekolah pukul "10:00" sampai "12:00" | STANDBY | Akses Server Pusat di Tutup, data SN Sudah Sesuai   |
        | ID Server itu sudah terikat pada mesin lain              | STANDBY | ID Server tidak sesuai dengan server yang terdaftar |
        | server pusat tidak terjangkau                            | OFFLINE | Tidak ada koneksi internet                          |
        | server pusat tidak mengenali ID Server itu               | OFFLINE | ID Server tidak sama dengan pusat                   |
        | jam mesin itu tidak memakai WIB                          | OFFLINE | lisensi tidak valid                                 |
        | jadwal sinkronisasi sekolah pukul "08:00" sampai "12:00" | AKTIF   | CBTSync siap digunakan                              |

  Aturan: StandBy dengan SN yang sesuai berarti proktor melihat jadwal, lalu menunggu

    Mesin sudah benar; hanya waktunya yang belum tiba. Tidak ada yang perlu diperbaiki.

    @langkah-10
    Skenario: Jadwal setiap server tercantum di akun sekolah
      Diketahui jadwal sinkronisasi sekolah pukul "10:00" sampai "12:00"
      Ketika proktor membuka menu Jadwal Sinkronisasi di akun sekolah
      Maka jadwal mesin "SRV-UJIAN-01" adalah pukul "10:00" sampai "12:00" WIB

    # CATATAN: Pukul 07.45 adalah waktu patching, bukan jadwal sinkronisasi.
    @langkah-10 @langkah-11 @langkah-nb
    Garis-Besar Skenario: Akses pusat mengikuti jadwal sekolah, bukan jam patching
      Diketahui jadwal sinkronisasi sekolah pukul "10:00" sampai "12:00"
      Dan ID Server milik mesin "SRV-UJIAN-01" sudah dikirim
      Ketika jam di layar menunjukkan "<jam>" WIB
      Maka status Dashboard adalah "<status>" dengan kalimat "<kalimat>"

      Contoh:
        | jam   | status  | kalimat                                           |
        | 09:59 | STANDBY | Akses Server Pusat di Tutup, data SN Sudah Sesuai |
        | 10:00 | AKTIF   | CBTSync siap digunakan                            |
        | 11:59 | AKTIF   | CBTSync siap digunakan                            |
        | 12:00 | STANDBY | Akses Server Pusat di Tutup, data SN Sudah Sesuai |

    # PERINGATAN: START SYNC saat StandBy dicatat sebagai B3, walaupun layar menolaknya.
    @latihan @langkah-10
    Skenario: START SYNC ditolak selama status masih StandBy
      Diketahui jadwal sinkronisasi sekolah pukul "10:00" sampai "12:00"
      Dan ID Server milik mesin "SRV-UJIAN-01" sudah dikirim
      Ketika proktor menekan START SYNC
      Maka layar menolak dengan pesan "Sinkronisasi hanya dapat dimulai ketika status AKTIF."
      Dan tindakan itu dicatat sebagai "B3"

    @latihan @langkah-10
    Skenario: Menunda dan melaporkan adalah keputusan yang benar selama akses masih ditutup
      Diketahui jadwal sinkronisasi sekolah pukul "15:00" sampai "17:00"
      Dan ID Server milik mesin "SRV-UJIAN-01" sudah dikirim
      Ketika proktor menunda pekerjaan dengan isian yang benar
      Maka keputusan itu dinilai benar
      Dan tidak ada pelanggaran yang tercatat

  Aturan: StandBy dengan SN yang tidak sesuai memerlukan reset SN

    Menunggu tidak melepaskan ID dari mesin lain. Reset SN diminta melalui akun sekolah.

    @latihan @langkah-10
    Skenario: Menunggu tidak melepaskan ID dari mesin lain
      Diketahui ID Server itu sudah terikat pada mesin lain
      Dan ID Server milik mesin "SRV-UJIAN-01" sudah dikirim
      Ketika proktor menunggu selama 60 menit
      Maka status Dashboard adalah "STANDBY" dengan kalimat "ID Server tidak sesuai dengan server yang terdaftar"

    # TIP: Catat jam permintaan reset SN. Helpdesk akan menanyakannya.
    @layar @latihan @langkah-10
    Skenario: Reset SN melepaskan ID dari mesin lain, lalu ID dikirim lagi
      Diketahui ID Server itu sudah terikat pada mesin lain
      Dan ID Server milik mesin "SRV-UJIAN-01" sudah dikirim
      Dan reset SN sudah diminta dan disetujui
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka status Dashboard adalah "AKTIF" dengan kalimat "CBTSync siap digunakan"
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Aktif berarti server boleh mulai sinkronisasi

    Status dapat berubah selama proktor menunggu. Baca sekali lagi sebelum mulai.

    @langkah-11
    Skenario: START SYNC diterima ketika status Aktif
      Diketahui data lama sudah dihapus
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC
      Maka unduhan berjalan
      Dan tidak ada pelanggaran yang tercatat
