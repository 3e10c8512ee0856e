# language: id
@bab-01 @peran-proktor
Fitur: Persiapan sebelum CBTSync Web dibuka
  Sebelum menekan tombol apa pun, proktor memastikan tiga hal: ID, mesin, dan program.
  Bab ini memuat langkah 1 sampai 3 dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - menemukan **ID Server** milik setiap server di akun sekolah;
  - membedakan server ujian dari mesin lain yang juga menyala;
  - membuka **Exambro Admin** dengan versi yang diminta.

  Kekeliruan pada tahap ini mudah dicegah, tetapi sulit diperbaiki setelah **Submit**.

  # CATATAN: Nama mesin, nama orang, dan ID Server dalam buku ini hanya contoh latihan.
  Latar Belakang:
    Diketahui sekolah memakai 2 server ujian

  Aturan: Setiap server ujian mempunyai satu ID Server sendiri

    ID Server tercantum di akun sekolah, pada menu **ID Sinkronisasi**.
    ID dapat berganti pada setiap tahap ujian.

    # TIP: Tulis nama server pada lembar ID, satu lembar untuk satu server.
    @layar @langkah-01
    Skenario: Menu ID Sinkronisasi menyebut server pemilik setiap ID
      Ketika proktor membuka menu ID Sinkronisasi di akun sekolah
      Maka akun sekolah memuat ID yang berbeda untuk 2 server

    # PERINGATAN: Lembar ID tanpa nama server mudah tertukar di atas meja.
    @latihan @langkah-01
    Skenario: Lembar ID tanpa nama server dicocokkan dengan akun sekolah
      Diketahui 2 lembar ID tanpa nama server terletak di meja
      Ketika proktor mencocokkan lembar itu dengan menu ID Sinkronisasi
      Maka hanya 1 lembar memuat ID milik mesin "SRV-UJIAN-01"

  Aturan: Sinkronisasi dilakukan di mesin yang dipakai ujian hari Senin

    ID dan data melekat pada mesin yang melakukan sinkronisasi.
    Data di laptop tidak berguna pada hari ujian.

    @langkah-02
    Skenario: Label mesin membedakan server ujian dari laptop
      Ketika proktor membaca label mesin di ruang server
      Maka mesin "SRV-UJIAN-01" adalah server ujian
      Tetapi mesin "Laptop Bu Rina" bukan server ujian

    # DILARANG: Jangan melakukan sinkronisasi dengan laptop atau PC sendiri.
    @latihan @langkah-02
    Skenario: Sinkronisasi di laptop membiarkan server ujian kosong
      Diketahui ID Server sudah dikirim dari mesin "Laptop Bu Rina"
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka tindakan itu dicatat sebagai "K3"
      Dan server ujian memuat 0 data yang lengkap
      Dan server ujian belum siap untuk hari Senin

  Aturan: Exambro Admin yang dibuka adalah versi 50.170406

    Nama lengkapnya **ExambrowserCBTSync Admin Version 50.170406**.
    Langkah berikutnya ditulis untuk versi ini. Versi lain belum tentu cocok.

    # TIP: Baca seluruh angkanya, bukan hanya angka pertama.
    @langkah-03
    Skenario: Exambro Admin yang benar dikenali dari nomor versinya
      Diketahui di server ujian terpasang Exambro Admin versi "50.160328" dan "50.170406"
      Ketika proktor membuka Exambro Admin versi "50.170406"
      Maka Exambro Admin yang terbuka adalah versi "50.170406"
      Dan langkah 3 terpenuhi

    @latihan @langkah-03
    Skenario: Exambro Admin versi lama tidak memenuhi langkah 3
      Diketahui di server ujian terpasang Exambro Admin versi "50.160328" dan "50.170406"
      Ketika proktor membuka Exambro Admin versi "50.160328"
      Maka Exambro Admin yang terbuka adalah versi "50.160328"
      Tetapi langkah 3 belum terpenuhi

    # CATATAN: CBTSync Web selalu dibuka dari Exambro Admin.
    @program @langkah-03 @langkah-04
    Skenario: CBTSync Web menunggu sampai Exambro Admin dibuka
      Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
      Ketika sebuah program membuka CBTSync Web sebelum Exambro Admin
      Maka layar menolak dengan pesan "Exambro belum dibuka di mesin ini."
