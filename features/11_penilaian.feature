# language: id
@bab-11 @peran-proktor
Fitur: Penilaian latihan
  Setelah latihan, setiap pelanggaran disebut dengan kode dan nomor langkahnya.
  Bab ini menunjukkan tindakan yang dicatat dan pengaruhnya pada kelulusan.

  Setelah bab ini, proktor dapat:

  - membedakan kesalahan kritis (K), berat (B), dan ringan (R);
  - menyebut lima syarat kelulusan;
  - menjelaskan mengapa nilai proses yang tinggi belum berarti lulus.

  Yang dicatat adalah tindakan, bukan orangnya. Berhenti tepat waktu selalu dipuji.

  # CATATAN: Kode dan bobotnya buatan kami. Prosedur resmi tidak memberi nilai.
  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin

  Aturan: Kesalahan kritis menggugurkan kelulusan

    Kedua larangan ditulis dengan huruf besar karena akibatnya mengenai hari ujian.

    # PERINGATAN: Mengembalikan ID lama atau mengunduh lagi tidak menghapus kode itu.
    @latihan @langkah-09 @langkah-21
    Garis-Besar Skenario: Tindakan yang dilarang prosedur tergolong kritis
      Diketahui sekolah memakai 2 server ujian
      Dan data 1 sampai 9 sudah lengkap
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong kritis dan merujuk langkah <langkah>
      Dan dasar kode itu adalah bunyi prosedur
      Dan syarat Kritis belum terpenuhi

      Contoh:
        | kode | tindakan                                              | langkah |
        | K1   | proktor mengirim ID Server milik mesin "SRV-UJIAN-02" | 9       |
        | K2   | proktor menekan HAPUS, lalu memilih Ya, hapus         | 21      |

    # CATATAN: K3 dan K4 ditandai bintang. Bobot kritisnya turunan kami, bukan bunyi prosedur.
    @latihan @langkah-02
    Skenario: START SYNC di laptop tergolong kritis menurut turunan kami
      Diketahui ID Server sudah dikirim dari mesin "Laptop Bu Rina"
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC
      Maka tindakan itu dicatat sebagai "K3"
      Dan dasar kode itu adalah turunan kami
      Dan syarat Kritis belum terpenuhi

    @latihan @langkah-08
    Skenario: START SYNC dengan ID server lain tergolong kritis menurut turunan kami
      Diketahui sekolah memakai 2 server ujian
      Dan data lama sudah dihapus
      Dan ID Server milik mesin "SRV-UJIAN-02" sudah dikirim
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC
      Maka tindakan itu dicatat sebagai "K4"
      Dan syarat Kritis belum terpenuhi

  Aturan: Satu kesalahan berat sudah menunda kelulusan

    Akibatnya masih dapat diperbaiki, tetapi server dapat belum siap pada hari ujian.

    @latihan @langkah-06 @langkah-07 @langkah-08
    Garis-Besar Skenario: Patching dan ID yang keliru tergolong berat
      Diketahui sekolah memakai 2 server ujian
      Dan <keadaan>
      Dan <persiapan>
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong berat dan merujuk langkah <langkah>
      Dan syarat Berat belum terpenuhi

      Contoh:
        | kode | keadaan                                        | persiapan                                                       | tindakan                                                  | langkah |
        | B6   | Exambro Admin versi "50.170406" sudah terbuka  | patching melaporkan "Patching Berhasil" tanpa mengganti versi   | proktor mengirim ID Server milik mesin "SRV-UJIAN-01"     | 6       |
        | B7   | patching sudah selesai                         | ID Server dengan satu huruf yang salah sudah dikirim            | proktor mengirim ID Server milik mesin "SRV-UJIAN-02"     | 8       |
        | B9   | Exambro Admin versi "50.170406" sudah terbuka  | patching gagal karena service berhenti                          | proktor mengulang patching 3 kali tanpa memeriksa service | 7       |

    @latihan @langkah-10 @langkah-13 @langkah-17
    Garis-Besar Skenario: Pekerjaan data yang disela atau terlalu dini tergolong berat
      Diketahui <keadaan>
      Dan <persiapan>
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong berat dan merujuk langkah <langkah>
      Dan syarat Berat belum terpenuhi

      Contoh:
        | kode | keadaan                                                   | persiapan                               | tindakan                            | langkah |
        | B2   | cadangan data lama sudah tersimpan                        | data awal sudah dibaca dan ditutup      | proktor menekan START SYNC          | 14      |
        | B3   | jadwal sinkronisasi sekolah pukul "10:00" sampai "12:00"  | patching dan Submit sudah selesai       | proktor menekan START SYNC          | 10      |
        | B8   | status Dashboard sudah Aktif                              | backup sedang berjalan                  | proktor membuka menu Daftar Peserta | 13      |

    @latihan @langkah-18 @langkah-19
    Garis-Besar Skenario: Berita acara yang mendahului pemeriksaan tergolong berat
      Diketahui <keadaan>
      Dan <persiapan>
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong berat dan merujuk langkah <langkah>
      Dan syarat Berat belum terpenuhi

      Contoh:
        | kode | keadaan                       | persiapan                                      | langkah |
        | B4   | unduhan terhenti di data 7    | Daftar Peserta dan Status Test sudah diperiksa | 18      |
        | B5   | data 1 sampai 9 sudah lengkap | menu Status Test sudah diperiksa               | 19      |

    @latihan @langkah-20
    Skenario: Daftar Test kosong yang ditulis terisi tergolong berat
      Diketahui data lama sudah dihapus
      Dan sinkronisasi selesai, tetapi Daftar Test kosong
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dan menulis bahwa Daftar Test terisi
      Maka tindakan itu dicatat sebagai "B10"
      Dan kode itu tergolong berat dan merujuk langkah 20
      Dan syarat Hasil tercapai belum terpenuhi

  Aturan: HAPUS sebelum cadangan diunduh selalu dibahas, tetapi tidak menggugurkan

    Langkah 12 dapat dibaca dua cara. Sampai ahli memutuskan, B1 hanya dicatat.

    @latihan @langkah-12 @langkah-14
    Skenario: B1 dicatat, sedangkan syarat Berat tetap terpenuhi
      Diketahui status Dashboard sudah Aktif
      Ketika proktor menekan HAPUS, lalu memilih Ya, hapus
      Maka tindakan itu dicatat sebagai "B1"
      Dan dasar kode itu adalah kalimat yang dapat dibaca dua cara
      Tetapi syarat Berat terpenuhi

  Aturan: Kesalahan ringan dihitung banyaknya

    Tiga kesalahan ringan masih boleh. Kode yang sama tiga kali menjadi satu kesalahan berat.

    @latihan @langkah-08 @langkah-13 @langkah-16 @langkah-17
    Garis-Besar Skenario: Kekeliruan kecil saat bekerja tergolong ringan
      Diketahui <keadaan>
      Dan <persiapan>
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong ringan
      Dan syarat Ringan terpenuhi

      Contoh:
        | kode | keadaan                      | persiapan                             | tindakan                                          |
        | R1   | data lama sudah dihapus      | menu Status Download sudah diperiksa  | proktor menekan START SYNC                        |
        | R4   | patching sudah selesai       | jadwal sekolah sudah dilihat          | proktor mengirim ID Server dengan satu huruf yang salah |
        | R5   | status Dashboard sudah Aktif | backup sedang berjalan                | proktor menekan BACKUP                            |
        | R6   | data lama sudah dihapus      | tampilan Data Awal masih terbuka      | proktor menekan START SYNC                        |
        | R8   | status Dashboard sudah Aktif | jadwal sekolah sudah dilihat          | proktor membuka 7 menu yang tidak diperlukan      |

    @latihan @langkah-20
    Garis-Besar Skenario: Isian yang terlewat atau keliru tergolong ringan
      Diketahui <keadaan>
      Dan <persiapan>
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong ringan
      Dan syarat Ringan terpenuhi

      Contoh:
        | kode | keadaan                       | persiapan                                      | tindakan                                                     |
        | R3   | data 1 sampai 9 sudah lengkap | menu Daftar Peserta sudah diperiksa            | proktor menyatakan selesai dengan isian yang benar           |
        | R7   | data 1 sampai 9 sudah lengkap | Daftar Peserta dan Status Test sudah diperiksa | proktor menyatakan selesai, tetapi keliru menulis nama mesin |

    # CATATAN: Di layar, nomor versi selalu tampak di sudut kiri atas. Hanya program yang dapat melewatkannya.
    @program @langkah-06
    Skenario: Versi yang tidak dibaca dan keliru ditulis tergolong ringan
      Diketahui Exambro Admin versi "50.170406" sudah terbuka
      Dan ID Server dikirim tanpa membaca versi
      Ketika proktor menunda pekerjaan, tetapi keliru menulis versi CBTSync
      Maka tindakan itu dicatat sebagai "R2"
      Dan kode itu tergolong ringan
      Dan syarat Ringan terpenuhi

    @latihan @langkah-08
    Skenario: Dua kali kode yang sama masih ringan
      Diketahui patching sudah selesai
      Dan ID Server dengan satu huruf yang salah sudah dikirim
      Ketika proktor mengirim ID Server dengan satu huruf yang salah
      Maka pelanggaran "R4" tercatat 2 kali
      Dan syarat Berat terpenuhi

    # TIP: Berhenti setelah kekeliruan kedua. Cari sebabnya sebelum mencoba lagi.
    @latihan @langkah-08
    Skenario: Tiga kali kode yang sama menjadi satu kesalahan berat
      Diketahui patching sudah selesai
      Dan ID Server dengan satu huruf yang salah sudah dikirim
      Dan ID Server dengan satu huruf yang salah sudah dikirim
      Ketika proktor mengirim ID Server dengan satu huruf yang salah
      Maka pelanggaran "R4" tercatat 3 kali
      Dan syarat Berat belum terpenuhi

  Aturan: Berhenti tepat waktu dipuji

    Yang hampir terjadi dicatat sebagai nyaris. Tidak ada nilai yang berkurang.

    @latihan @langkah-09 @langkah-21
    Garis-Besar Skenario: Tindakan terlarang yang dibatalkan tergolong nyaris
      Diketahui sekolah memakai 2 server ujian
      Dan data 1 sampai 9 sudah lengkap
      Ketika <tindakan>
      Maka tindakan itu dicatat sebagai "<kode>"
      Dan kode itu tergolong nyaris dan merujuk langkah <langkah>
      Dan syarat Kritis terpenuhi

      Contoh:
        | kode | tindakan                                                                          | langkah |
        | N1   | proktor mengisi ID Server milik mesin "SRV-UJIAN-02", lalu meninggalkan formulir  | 9       |
        | N2   | proktor menekan HAPUS, lalu memilih Batal                                         | 21      |

    @latihan @langkah-21
    Skenario: HAPUS yang dibatalkan dipuji dalam pembahasan
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan HAPUS sudah ditekan, lalu dibatalkan
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka latihan itu lulus
      Dan pembahasan memuji "Anda membatalkan HAPUS saat data sudah lengkap"

  Aturan: Kelulusan ditentukan oleh lima syarat, bukan oleh persen

    Kelima syarat: Kritis, Berat, Ringan, Hasil tercapai, dan Proses. Semuanya harus terpenuhi.

    @latihan @langkah-21
    Skenario: Nilai proses penuh tidak menutup kesalahan kritis
      Diketahui latihan "normal" sudah disiapkan
      Dan klien sudah mengerjakan seluruh prosedur
      Ketika proktor menekan HAPUS, lalu memilih Ya, hapus
      Maka nilai prosesnya 100 persen
      Tetapi syarat Kritis belum terpenuhi
      Dan latihan itu belum lulus

    @latihan @langkah-17
    Skenario: Satu kesalahan ringan tidak menggugurkan
      Diketahui data lama sudah dihapus
      Dan tampilan Data Awal masih terbuka
      Dan sinkronisasi sudah selesai
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka nilai prosesnya 92 persen
      Dan latihan itu lulus

    @latihan @langkah-21
    Skenario: Latihan tanpa berita acara belum lulus
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Ketika proktor menunggu selama 5 menit
      Maka syarat Hasil tercapai belum terpenuhi
      Dan latihan itu belum lulus

    # TIP: Tulis sebab penundaan dan waktu untuk kembali.
    @latihan @langkah-10
    Skenario: Penundaan yang benar juga lulus
      Diketahui jadwal sinkronisasi sekolah pukul "15:00" sampai "17:00"
      Dan patching dan Submit sudah selesai
      Dan jadwal sekolah sudah dilihat
      Ketika proktor menunda pekerjaan dengan isian yang benar
      Maka syarat Hasil tercapai terpenuhi
      Dan latihan itu lulus

  Aturan: Yang bukan perbuatan proktor tidak dibebankan kepadanya

    Jaringan dapat mengirim perintah dua kali. CBTSync Web dapat tertutup sendiri.

    @latihan @langkah-14
    Skenario: Perintah yang datang dua kali tidak dicatat sebagai pelanggaran
      Diketahui cadangan data lama sudah tersimpan
      Dan perintah HAPUS sampai dua kali
      Ketika proktor menekan HAPUS satu kali
      Maka urutan kejadiannya "HAPUS, perintah datang lagi, perintah susulan ditolak"
      Dan tidak ada pelanggaran yang tercatat

    @latihan @langkah-18
    Skenario: Tekanan pertama setelah CBTSync Web tertutup sendiri tidak dicatat
      Diketahui data lama sudah dihapus
      Dan data awal sudah dibaca dan ditutup
      Dan CBTSync Web tertutup sendiri di tengah unduhan
      Ketika proktor membuka CBTSync Web lagi dan menekan START SYNC
      Maka layar menolak dengan pesan "Sinkronisasi sedang berjalan."
      Dan tidak ada pelanggaran yang tercatat

  Aturan: Waktu beku tidak dihitung

    Fasilitator dapat menghentikan kelas untuk menjelaskan. Jam latihan ikut berhenti.

    @latihan @langkah-nb
    Skenario: Jam latihan melanjutkan dari saat kelas dibekukan
      Diketahui proktor berlatih di kursi 7 sebuah kelas
      Dan kelas sudah dibekukan
      Ketika fasilitator mencairkan kelas
      Maka waktu beku tidak dihitung
      Dan jam latihan berjalan lagi
