# language: id
@bab-06 @peran-proktor
Fitur: Sinkronisasi sampai sembilan data lengkap
  Pada tahap ini, data ujian diunduh dari server pusat ke server sekolah.
  Bab ini memuat langkah 15 sampai 18 dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - membaca **Data Awal** sebelum mulai, lalu menutup tampilannya;
  - memulai unduhan satu kali dan mengikuti kemajuannya;
  - melanjutkan unduhan yang terhenti tanpa menekan **HAPUS**.

  Tanda selesai adalah sembilan baris hijau dengan jumlah penuh. Delapan baris belum cukup.

  # CATATAN: Isi setiap data tidak pernah diumumkan. Angka dalam bab ini karangan kami.
  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin

  Aturan: Data awal dibaca dan ditutup sebelum START SYNC

    Jumlah di pusat harus lebih dari 0, sedangkan jumlah di server harus 0.

    @langkah-15
    Skenario: Menu Status Download memuat sembilan baris yang belum hijau
      Diketahui data lama sudah dihapus
      Ketika proktor membuka menu Status Download
      Maka 0 dari 9 baris hijau

    # CATATAN: REFRESH STATUS ada di Status Download. Tombol refresh pada langkah 7 adalah tombol lain.
    @layar @langkah-16
    Skenario: Data Awal membandingkan jumlah di pusat dengan jumlah di server
      Diketahui data lama sudah dihapus
      Ketika proktor menekan REFRESH STATUS
      Maka setiap jumlah di pusat lebih dari 0
      Dan setiap jumlah di server sama dengan 0

    @latihan @langkah-16
    Skenario: Jumlah di server yang belum 0 berarti data lama belum dihapus
      Diketahui cadangan data lama sudah tersimpan
      Ketika proktor menekan REFRESH STATUS
      Maka setiap jumlah di server lebih dari 0

    # PERINGATAN: Data lama dan data baru yang bercampur dicatat sebagai B2.
    @latihan @langkah-14 @langkah-17
    Skenario: START SYNC di atas data lama dicatat sebagai pelanggaran berat
      Diketahui cadangan data lama sudah tersimpan
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka tindakan itu dicatat sebagai "B2"
      Dan server ujian belum siap untuk hari Senin

    @latihan @langkah-16 @langkah-17
    Skenario: START SYNC tanpa melihat data awal dicatat sebagai pelanggaran ringan
      Diketahui data lama sudah dihapus
      Ketika proktor menekan START SYNC
      Maka unduhan berjalan
      Tetapi tindakan itu dicatat sebagai "R1"

    @latihan @langkah-17
    Skenario: START SYNC dengan tampilan yang masih terbuka dicatat sebagai pelanggaran ringan
      Diketahui data lama sudah dihapus
      Dan tampilan Data Awal masih terbuka
      Ketika proktor menekan START SYNC
      Maka unduhan berjalan
      Tetapi tindakan itu dicatat sebagai "R6"

  Aturan: Sinkronisasi selesai ketika sembilan baris hijau dengan jumlah penuh

    Data 5 dan 6 berukuran besar. Unduhan data 8 dan 9 memerlukan waktu paling lama.
    Unduhan yang lambat belum tentu terhenti.

    @layar @langkah-17 @langkah-18
    Skenario: Sembilan baris menjadi hijau dengan jumlah penuh
      Diketahui data lama sudah dihapus
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka 9 dari 9 baris hijau
      Dan setiap baris hijau memuat jumlah penuh
      Dan server ujian memuat 9 data yang lengkap

    # CATATAN: StandBy setelah sinkronisasi lengkap adalah keadaan biasa.
    @langkah-10 @langkah-18
    Skenario: Pusat menutup akses setelah sinkronisasi lengkap
      Diketahui data lama sudah dihapus
      Dan data awal sudah dibaca dan ditutup
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka status Dashboard adalah "STANDBY" dengan kalimat "Akses Server Pusat di Tutup, data SN Sudah Sesuai"
      Dan server ujian siap untuk hari Senin

    # PERINGATAN: Unduhan data 8 dan 9 memang lama. Tunggu sampai kesembilan baris penuh.
    @latihan @langkah-18
    Skenario: Delapan baris hijau belum berarti selesai
      Diketahui data lama sudah dihapus
      Dan sinkronisasi sedang berjalan
      Ketika proktor menunggu sampai 8 baris hijau
      Maka server ujian memuat 8 data yang lengkap
      Dan server ujian belum siap untuk hari Senin

    @latihan @langkah-18
    Skenario: START SYNC yang ditekan lagi ditolak selama unduhan berjalan
      Diketahui data lama sudah dihapus
      Dan sinkronisasi sedang berjalan
      Ketika proktor menekan START SYNC
      Maka layar menolak dengan pesan "Sinkronisasi sedang berjalan."
      Dan tindakan itu dicatat sebagai "R5"

  Aturan: Unduhan yang terhenti dilanjutkan, tidak diulang dari awal

    Status dibaca dahulu. Selama masih Aktif, **START SYNC** melanjutkan dari tempat berhenti.

    # DILARANG: Jangan menekan HAPUS untuk mengatasi unduhan yang terhenti.
    @latihan @langkah-18
    Skenario: START SYNC melanjutkan unduhan yang terhenti di data 7
      Diketahui unduhan terhenti di data 7
      Ketika proktor menekan START SYNC dan menunggu sampai unduhan berakhir
      Maka data yang sudah diterima tidak diunduh lagi
      Dan 9 dari 9 baris hijau
      Dan tidak ada pelanggaran yang tercatat

    # TIP: Lihat jam perubahan terakhir sebelum menyimpulkan bahwa unduhan terhenti.
    @latihan @langkah-18
    Skenario: Unduhan yang tidak bertambah selama sepuluh menit dianggap terhenti
      Diketahui data lama sudah dihapus
      Dan unduhan tidak bertambah lagi di data 5
      Ketika proktor menunggu selama 10 menit
      Maka unduhan terbaca terhenti di data 5
      Dan server ujian memuat 4 data yang lengkap
