# language: id
@bab-05 @peran-proktor
Fitur: Cadangkan data lama, lalu hapus
  Server harus kosong sebelum data baru diunduh. Sebelum dikosongkan, data lama disalin.
  Bab ini memuat langkah 12 sampai 14 dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - membedakan backup yang selesai, berkas yang tersimpan, dan berkas yang utuh;
  - menekan **HAPUS** satu kali, pada saat yang benar;
  - menangani backup yang gagal dan penghapusan yang menyisakan data.

  Tombol **HAPUS** wajib ditekan di sini dan dilarang setelah data 1 sampai 9 lengkap.

  # CATATAN: Langkah 12 menyebut HAPUS lebih dahulu. Menurut tafsiran kami, BACKUP didahulukan.
  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin
    Dan status Dashboard sudah Aktif

  Aturan: Cadangan sudah diunduh dan diperiksa sebelum HAPUS ditekan

    Setelah **HAPUS**, cadangan adalah satu-satunya salinan data lama.

    @langkah-12
    Skenario: Menu BACKUP dibuka tanpa mengubah data
      Ketika proktor membuka menu BACKUP
      Maka kejadian "BACKUP" tidak tercatat
      Dan data lama masih ada di server

    @layar @langkah-12 @langkah-13
    Skenario: Cadangan yang diunduh lewat klik disini utuh dan memuat semua data lama
      Ketika proktor membuat cadangan dan mengunduhnya lewat klik disini
      Maka berkas cadangan cocok dengan nilai SHA-256 di layar
      Dan cadangan memuat semua data lama
      Dan data lama masih ada di server

    # PERINGATAN: Pesan selesai belum berarti berkasnya ada di folder Unduhan.
    @latihan @langkah-13 @langkah-14
    Skenario: Backup yang belum diunduh tidak melindungi data lama
      Diketahui backup sudah selesai, tetapi belum diunduh
      Ketika proktor menekan HAPUS, lalu memilih Ya, hapus
      Maka tindakan itu dicatat sebagai "B1"

    @latihan @langkah-12 @langkah-13
    Skenario: HAPUS yang didahulukan menghasilkan cadangan kosong
      Diketahui data lama sudah dihapus tanpa cadangan
      Ketika proktor membuat cadangan dan mengunduhnya lewat klik disini
      Maka cadangan memuat 0 data
      Dan pelanggaran "B1" tetap tercatat

    # TIP: Bandingkan ukuran berkas di folder Unduhan dengan ukuran di layar.
    @program @langkah-13
    Skenario: Unduhan yang terputus dilanjutkan dari bagian yang belum diterima
      Diketahui backup sudah selesai, tetapi belum diunduh
      Dan unduhan cadangan terputus di tengah
      Ketika proktor melanjutkan unduhan cadangan
      Maka berkas cadangan cocok dengan nilai SHA-256 di layar

  Aturan: Selama backup atau penghapusan berjalan, proktor menunggu di halaman itu

    Tombol ditekan satu kali, lalu angkanya dibaca sampai tertulis selesai.

    @latihan @langkah-13
    Skenario: Menekan BACKUP lagi tidak mempercepat backup
      Diketahui backup sedang berjalan
      Ketika proktor menekan BACKUP
      Maka layar menolak dengan pesan "Backup sedang berjalan."
      Dan tindakan itu dicatat sebagai "R5"

    # PERINGATAN: Meninggalkan pekerjaan yang berjalan dicatat sebagai B8.
    @latihan @langkah-13
    Skenario: Membuka menu lain selama backup dicatat sebagai pelanggaran berat
      Diketahui backup sedang berjalan
      Ketika proktor membuka menu Status Download
      Maka tindakan itu dicatat sebagai "B8"

    @latihan @langkah-14
    Skenario: HAPUS yang ditekan lagi ditolak selama penghapusan berjalan
      Diketahui cadangan data lama sudah tersimpan
      Dan penghapusan sedang berjalan
      Ketika proktor menekan HAPUS, lalu memilih Ya, hapus
      Maka layar menolak dengan pesan "Penghapusan sedang berjalan."
      Dan tindakan itu dicatat sebagai "R5"

  Aturan: HAPUS ditekan satu kali, setelah cadangan aman

    Penghapusan selesai ketika tidak ada data lama yang tersisa.

    @layar @langkah-14
    Skenario: Data lama hilang setelah penghapusan selesai
      Diketahui cadangan data lama sudah tersimpan
      Ketika proktor menghapus semua data dan menunggu sampai selesai
      Maka penghapusan selesai tanpa sisa data
      Dan tidak ada pelanggaran yang tercatat

    @langkah-14
    Skenario: Batal membiarkan data lama tetap ada
      Diketahui cadangan data lama sudah tersimpan
      Ketika proktor menekan HAPUS, lalu memilih Batal
      Maka data lama masih ada di server
      Dan tidak ada pelanggaran yang tercatat

    # CATATAN: Anjuran ini dari kami. Setelah sinkronisasi dimulai, anjuran ini tidak berlaku.
    @latihan @langkah-14
    Skenario: Sisa data boleh dihapus lagi sebelum sinkronisasi
      Diketahui cadangan data lama sudah tersimpan
      Dan penghapusan pertama menyisakan 12 data
      Ketika proktor menghapus semua data dan menunggu sampai selesai
      Maka penghapusan selesai tanpa sisa data
      Dan tidak ada pelanggaran yang tercatat

    @program @langkah-13 @langkah-14
    Skenario: Klien menolak menekan HAPUS sebelum cadangan tersimpan
      Ketika klien diminta menekan HAPUS
      Maka pengaman klien menolak permintaan itu
      Dan data lama masih ada di server
