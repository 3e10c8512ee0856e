# language: id
@bab-10 @peran-proktor
Fitur: Perintah tanpa jawaban
  Kadang tombol ditekan dan layar tidak menjawab.
  Perintahnya mungkin hilang, sudah dijalankan, atau masih di jalan.
  Bab ini menunjukkan cara membedakannya sebelum ada data yang hilang.

  Setelah bab ini, proktor dapat:

  - membaca halaman keadaan sebelum mengulang perintah;
  - menyebut kapan perintah boleh diulang dan kapan harus ditunggu;
  - berhenti dan menelepon helpdesk jika hasilnya tidak dapat dilihat.

  Ketiganya tampak sama di layar. Hanya halaman keadaan yang membedakannya.

  Aturan: Halaman keadaan dibaca sebelum perintah diulang

    Layar yang diam tidak mengatakan apakah perintah sudah dijalankan.

    # PERINGATAN: Menekan HAPUS lagi tanpa melihat adalah pemulihan yang keliru.
    @langkah-13 @langkah-17
    Garis-Besar Skenario: Perintah dijalankan, jawabannya hilang
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Dan <keadaan>
      Dan perintah <perintah> dijalankan, tetapi jawabannya hilang
      Ketika proktor menekan <perintah> satu kali
      Maka layar tidak menjawab
      Tetapi halaman keadaan menunjukkan <pekerjaan> sedang berjalan

      Contoh:
        | perintah   | keadaan                            | pekerjaan    |
        | BACKUP     | status Dashboard sudah Aktif       | backup       |
        | HAPUS      | cadangan data lama sudah tersimpan | penghapusan  |
        | START SYNC | data lama sudah dihapus            | sinkronisasi |

    @latihan @langkah-08 @langkah-13 @langkah-14 @langkah-17
    Garis-Besar Skenario: Klien bertanya dahulu, jadi perintah dijalankan satu kali
      Diketahui latihan "<latihan>" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan kejadian "<perintah>" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | latihan               | perintah   |
        | blank-after-submit    | Submit     |
        | busy-after-backup     | BACKUP     |
        | blank-after-hapus     | HAPUS      |
        | busy-after-start-sync | START SYNC |

  Aturan: Perintah yang tidak sampai boleh diulang

    Halaman keadaan menunjukkan bahwa tidak ada pekerjaan yang dimulai.

    @langkah-13 @langkah-14 @langkah-17
    Garis-Besar Skenario: Perintah tidak sampai di server
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Dan <keadaan>
      Dan perintah <perintah> hilang sebelum sampai di server
      Ketika proktor menekan <perintah> satu kali
      Maka layar tidak menjawab
      Dan halaman keadaan menunjukkan <pekerjaan> belum dimulai

      Contoh:
        | perintah   | keadaan                            | pekerjaan    |
        | BACKUP     | status Dashboard sudah Aktif       | backup       |
        | HAPUS      | cadangan data lama sudah tersimpan | penghapusan  |
        | START SYNC | data lama sudah dihapus            | sinkronisasi |

  Aturan: Perintah yang datang dua kali hanya dikerjakan satu kali

    Server menolak perintah kedua selama pekerjaan yang sama masih berjalan.

    @langkah-13 @langkah-14 @langkah-17
    Garis-Besar Skenario: Perintah datang dua kali
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Dan <keadaan>
      Dan perintah <perintah> sampai dua kali
      Ketika proktor menekan <perintah> satu kali
      Maka layar menjawab seperti biasa
      Dan urutan kejadiannya "<perintah>, perintah datang lagi, perintah susulan ditolak"
      Dan tidak ada pelanggaran yang tercatat

      Contoh:
        | perintah | keadaan                            |
        | BACKUP   | status Dashboard sudah Aktif       |
        | HAPUS    | cadangan data lama sudah tersimpan |

    @latihan @langkah-13 @langkah-14 @langkah-18
    Skenario: Klien menyelesaikan setiap pekerjaan satu kali
      Diketahui latihan "every-command-twice" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan kejadian "START SYNC" tercatat 1 kali
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Perintah yang terlambat ditunggu, bukan ditinggalkan

    Perintah yang tidak dijawab masih dapat sampai beberapa menit kemudian.

    # TIP: Catat jam saat tombol ditekan. Helpdesk akan menanyakannya.
    @langkah-14
    Skenario: Perintah terlambat dijalankan tanpa ditekan lagi
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Dan cadangan data lama sudah tersimpan
      Dan perintah HAPUS tertunda 6 menit di jaringan
      Ketika proktor menekan HAPUS satu kali, lalu menunggu 10 menit
      Maka layar tidak menjawab
      Dan urutan kejadiannya "perintah tertunda, perintah datang lagi, HAPUS, data lama habis"
      Dan kejadian "HAPUS" tercatat 1 kali

    # DILARANG: Jangan START SYNC selama nasib HAPUS belum jelas. Hubungi helpdesk.
    @langkah-14 @langkah-21
    Skenario: HAPUS yang ditinggalkan di jalan mengosongkan data baru
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Dan cadangan data lama sudah tersimpan
      Dan perintah HAPUS tertunda 45 menit di jaringan
      Dan HAPUS yang tidak dijawab langsung diulang, lalu sinkronisasi selesai
      Ketika proktor menunggu selama 20 menit
      Maka server ujian belum siap untuk hari Senin
      Dan tidak ada pelanggaran yang tercatat

    # CATATAN: Klien menyebut keadaan data dalam perintahnya. Tombol untuk orang tidak menyebutnya.
    @program @langkah-14 @langkah-21
    Skenario: HAPUS klien yang terlambat ditolak karena datanya sudah berubah
      Diketahui latihan "hapus-after-the-sync" untuk program sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan urutan kejadiannya "perintah tertunda, HAPUS, sembilan baris hijau, perintah datang lagi, perintah susulan ditolak"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan server ujian siap untuk hari Senin

  Aturan: Hasil yang tidak dapat dilihat adalah alasan untuk berhenti dan menelepon

    Menebak hasil **HAPUS** dapat merusak data. Helpdesk dapat melihat yang tidak terlihat dari sekolah.

    @latihan @langkah-14 @langkah-17
    Skenario: Klien berhenti jika tidak terlihat apakah HAPUS dijalankan
      Diketahui latihan "hapus-cannot-be-seen" sudah disiapkan
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "dihentikan"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan kejadian "START SYNC" tidak tercatat
      Dan tidak ada pelanggaran yang tercatat
