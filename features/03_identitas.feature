# language: id
@bab-03 @peran-proktor
Fitur: ID Server dan mesin yang memakainya
  Dengan **Submit**, ID Server terikat pada satu mesin melalui SN mesin itu.
  Bab ini memuat langkah 8 dan 9 serta larangan pertama dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - mengirim ID Server yang benar dari mesin yang benar;
  - membetulkan salah ketik sebelum sinkronisasi;
  - menjelaskan mengapa ID tidak boleh diganti setelah sinkronisasi berhasil.

  Sebelum sinkronisasi, kekeliruan masih dapat dibetulkan. Sesudahnya, tidak lagi.

  # CATATAN: SN adalah nomor seri mesin. Server pusat mencocokkannya dengan ID Server.
  Latar Belakang:
    Diketahui sekolah memakai 2 server ujian
    Dan proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin

  Aturan: ID Server dicocokkan huruf demi huruf, lalu dikirim dari mesin pemiliknya

    Sumbernya menu **ID Sinkronisasi** di akun sekolah, bukan ingatan.

    @layar @langkah-08 @langkah-09
    Skenario: ID Server milik mesin ini diterima
      Diketahui patching sudah selesai
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka Dashboard memuat ID Server milik mesin "SRV-UJIAN-01"
      Dan status Dashboard adalah "AKTIF" dengan kalimat "CBTSync siap digunakan"
      Dan tidak ada pelanggaran yang tercatat

    # TIP: Huruf O dan angka 0 mudah tertukar. Bacakan ID kepada rekan Anda.
    @latihan @langkah-08
    Skenario: ID Server yang salah ketik tidak dikenal pusat
      Diketahui patching sudah selesai
      Ketika proktor mengirim ID Server dengan satu huruf yang salah
      Maka status Dashboard adalah "OFFLINE" dengan kalimat "ID Server tidak sama dengan pusat"
      Dan tindakan itu dicatat sebagai "R4"

    @latihan @langkah-08
    Skenario: Salah ketik boleh dibetulkan sebelum sinkronisasi
      Diketahui patching sudah selesai
      Dan ID Server dengan satu huruf yang salah sudah dikirim
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka status Dashboard adalah "AKTIF" dengan kalimat "CBTSync siap digunakan"
      Dan pelanggaran "R4" tetap tercatat

    # PERINGATAN: ID server lain langsung terikat pada mesin ini saat Submit ditekan.
    @latihan @langkah-08
    Skenario: Pengiriman ID milik server lain tetap dicatat walaupun kemudian dibetulkan
      Diketahui patching sudah selesai
      Dan ID Server milik mesin "SRV-UJIAN-02" sudah dikirim
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka Dashboard memuat ID Server milik mesin "SRV-UJIAN-01"
      Tetapi pelanggaran "B7" tetap tercatat

    @latihan @langkah-08 @langkah-09
    Skenario: Sinkronisasi dengan ID server lain mengunduh data server lain
      Diketahui data lama sudah dihapus
      Dan ID Server milik mesin "SRV-UJIAN-02" sudah dikirim
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka tindakan itu dicatat sebagai "K4"
      Dan 36 peserta yang terdaftar tidak tercantum
      Dan server ujian belum siap untuk hari Senin

  Aturan: ID Server tidak diganti di mesin yang telah berhasil sinkronisasi

    Bunyi resminya:
    **DILARANG DENGAN KERAS MENGGANTI ID SERVER LAIN DI MESIN SERVER YANG TELAH BERHASIL SINKRONISASI**.
    Data di server diambil dengan ID itu. Dengan ID lain, server tidak lagi cocok dengan pusat.

    # DILARANG: Jangan mengirim ID Server lain dari mesin yang telah berhasil sinkronisasi.
    @latihan @langkah-09 @larangan-9
    Skenario: ID lain membuat server yang sudah lengkap tidak siap
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-02"
      Maka tindakan itu dicatat sebagai "K1"
      Dan server ujian belum siap untuk hari Senin

    # CATATAN: Mengisi formulir lalu meninggalkannya bukan pelanggaran.
    @latihan @langkah-09 @larangan-9
    Skenario: ID lain yang tidak jadi dikirim dicatat sebagai nyaris
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor mengisi ID Server milik mesin "SRV-UJIAN-02", lalu meninggalkan formulir
      Maka tindakan itu dicatat sebagai "N1"
      Tetapi server ujian siap untuk hari Senin

    @langkah-09 @larangan-9
    Skenario: ID yang sama boleh dikirim lagi setelah CBTSync Web dibuka ulang
      Diketahui data 1 sampai 9 sudah lengkap
      Dan CBTSync Web sudah ditutup dan dibuka lagi
      Ketika proktor mengirim ID Server milik mesin "SRV-UJIAN-01"
      Maka tidak ada pelanggaran yang tercatat
      Dan server ujian siap untuk hari Senin

    # CATATAN: Klien adalah program yang mengerjakan prosedur. Pengamannya tidak dapat dimatikan.
    @program @langkah-09 @larangan-9
    Skenario: Klien menolak mengirim ID lain setelah sinkronisasi
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika klien diminta mengirim ID Server milik mesin "SRV-UJIAN-02"
      Maka pengaman klien menolak permintaan itu
      Dan kejadian "Submit" tidak tercatat
      Dan server ujian siap untuk hari Senin
