# language: id
@bab-08 @peran-proktor
Fitur: Prosedur lengkap dari langkah 1 sampai 21
  Bab ini menjalankan seluruh prosedur satu kali, tanpa gangguan.
  Pelakunya **klien**, program yang mengerjakan langkah seperti proktor yang teliti.

  Setelah bab ini, proktor dapat:

  - menceritakan urutan 21 langkah tanpa melihat kartu;
  - menyebut bukti bahwa setiap bagian sudah selesai;
  - memperkirakan lamanya satu kali sinkronisasi.

  # CATATAN: Jam yang dipakai adalah jam latihan. Sinkronisasi yang sebenarnya dapat lebih lama.
  Latar Belakang:
    Diketahui latihan "normal" sudah disiapkan

  Aturan: Prosedur dikerjakan berurutan dan diakhiri dengan berita acara

    Setiap bagian meninggalkan bukti, dan bagian berikutnya bertumpu pada bukti itu.

    @layar @perjalanan
    @langkah-01 @langkah-02 @langkah-03 @langkah-04 @langkah-05 @langkah-06 @langkah-08
    @langkah-09 @langkah-10 @langkah-11 @langkah-12 @langkah-13 @langkah-14 @langkah-15
    @langkah-16 @langkah-17 @langkah-18 @langkah-19 @langkah-20 @langkah-21
    Skenario: Klien mengerjakan 21 langkah dan server siap untuk hari Senin
      Ketika klien mengerjakan seluruh prosedur
      Maka hasil akhirnya "siap"
      Dan mesin yang dipakai adalah "SRV-UJIAN-01"
      Dan Exambro Admin yang terbuka adalah versi "50.170406"
      Dan CBTSync menampilkan versi "5.1.0"
      Dan Dashboard memuat ID Server milik mesin "SRV-UJIAN-01"
      Dan urutan kejadiannya "ID Sinkronisasi, buka Exambro Admin, buka CBTSync Web, Pembaharuan, Patching Berhasil, Submit"
      Dan urutan kejadiannya "Submit, menu BACKUP, BACKUP, unduh cadangan, HAPUS, menu Status Download"
      Dan urutan kejadiannya "menu Status Download, REFRESH STATUS, tutup Data Awal, START SYNC, sembilan baris hijau"
      Dan urutan kejadiannya "sembilan baris hijau, menu Daftar Peserta, menu Status Test, berita acara"
      Dan kejadian "HAPUS" tercatat 1 kali
      Dan 9 dari 9 baris hijau
      Dan Daftar Peserta memuat 36 peserta
      Dan setiap peserta yang terdaftar tercantum
      Dan Daftar Test memuat semua tes yang terdaftar
      Dan berita acara menyatakan server selesai tanpa isian yang keliru
      Dan semua langkah yang dinilai terpenuhi
      Dan tidak ada pelanggaran yang tercatat

    # TIP: Sediakan waktu lebih dari setengah jam sejak START SYNC ditekan.
    @langkah-18
    Skenario: Sebagian besar waktu dipakai untuk menunggu unduhan
      Ketika klien mengerjakan seluruh prosedur
      Maka unduhan berlangsung paling sedikit 25 menit
