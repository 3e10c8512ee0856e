# language: id
@bab-07 @peran-proktor
Fitur: Pemeriksaan akhir dan berita acara
  Sembilan baris hijau adalah tampilan layar. Isi server masih harus diperiksa.
  Bab ini memuat langkah 19 sampai 21 dan larangan kedua dari prosedur resmi.

  Setelah bab ini, proktor dapat:

  - mencocokkan **Daftar Peserta** dengan pendaftaran untuk server ini;
  - memeriksa bahwa **Daftar Test** terisi tanpa memulai tes;
  - menulis berita acara yang sesuai dengan keadaan server.

  Setelah data lengkap, pekerjaan di server berhenti. **HAPUS** tidak ditekan lagi.

  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin

  Aturan: Daftar Peserta dicocokkan dengan pendaftaran untuk server ini

    Yang dicocokkan adalah jumlah dan nama, bukan jumlah seluruh siswa di sekolah.

    @layar @langkah-19
    Skenario: Semua peserta yang terdaftar tercantum
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor membuka menu Daftar Peserta
      Maka Daftar Peserta memuat 36 peserta
      Dan setiap peserta yang terdaftar tercantum

    # CATATAN: Kekurangan dicatat dengan nama, lalu dilaporkan. HAPUS tidak menambah peserta.
    @latihan @langkah-19
    Skenario: Pencocokan nama menunjukkan peserta yang kurang
      Diketahui data lama sudah dihapus
      Dan sinkronisasi selesai, tetapi 3 peserta tidak diterima
      Ketika proktor membuka menu Daftar Peserta
      Maka Daftar Peserta memuat 33 peserta
      Dan 3 peserta yang terdaftar tidak tercantum
      Dan server ujian belum siap untuk hari Senin

  Aturan: Daftar Test terisi, dan tes belum dimulai

    Daftar yang kosong dilaporkan. Tes tidak dijalankan pada hari sinkronisasi.

    @layar @langkah-20
    Skenario: Daftar Test memuat semua tes yang terdaftar
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor membuka menu Status Test
      Maka Daftar Test memuat semua tes yang terdaftar

    @latihan @langkah-20
    Skenario: Daftar Test dapat kosong walaupun semua baris hijau
      Diketahui data lama sudah dihapus
      Dan sinkronisasi selesai, tetapi Daftar Test kosong
      Ketika proktor membuka menu Status Test
      Maka Daftar Test kosong
      Dan server ujian belum siap untuk hari Senin

  Aturan: HAPUS tidak ditekan setelah data 1 sampai 9 lengkap

    Bunyi resminya:
    Jika semua data 1 – 9 sudah lengkap, **DILARANG DENGAN KERAS MELAKUKAN HAPUS.**
    **HAPUS** mengosongkan server, sedangkan pusat biasanya sudah menutup akses.

    # DILARANG: Jangan menekan HAPUS setelah sembilan data lengkap, apa pun alasannya.
    @latihan @langkah-21 @larangan-21
    Skenario: HAPUS setelah data lengkap mengosongkan server
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor menghapus semua data dan menunggu sampai selesai
      Maka tindakan itu dicatat sebagai "K2"
      Dan server ujian memuat 0 data yang lengkap
      Dan status Dashboard adalah "STANDBY" dengan kalimat "Akses Server Pusat di Tutup, data SN Sudah Sesuai"
      Dan server ujian belum siap untuk hari Senin

    # PERINGATAN: Sistem yang sebenarnya mungkin tidak bertanya dahulu.
    @latihan @langkah-21 @larangan-21
    Skenario: HAPUS yang dibatalkan dicatat sebagai nyaris
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika proktor menekan HAPUS, lalu memilih Batal
      Maka tindakan itu dicatat sebagai "N2"
      Tetapi server ujian siap untuk hari Senin

    @program @langkah-21 @larangan-21
    Skenario: Klien menolak menekan HAPUS setelah data lengkap
      Diketahui data 1 sampai 9 sudah lengkap
      Ketika klien diminta menekan HAPUS
      Maka pengaman klien menolak permintaan itu
      Dan server ujian siap untuk hari Senin

    # TIP: Jika HAPUS telanjur ditekan, berhenti dan segera hubungi helpdesk.
    @latihan @langkah-21 @larangan-21
    Skenario: Data yang terhapus hanya dapat diunduh lagi setelah pusat membuka akses
      Diketahui data 1 sampai 9 sudah lengkap
      Dan semua data terhapus karena HAPUS
      Ketika proktor meminta akses dibuka kembali dan menunggu sampai disetujui
      Maka status Dashboard adalah "AKTIF" dengan kalimat "CBTSync siap digunakan"
      Dan pelanggaran "K2" tetap tercatat

  Aturan: Berita acara ditulis sesuai dengan keadaan server

    Berita acara tidak termasuk 21 langkah, tetapi lazim diminta dari proktor.

    @langkah-19 @langkah-20 @langkah-21
    Skenario: Server yang lengkap dinyatakan selesai
      Diketahui data 1 sampai 9 sudah lengkap
      Dan menu Daftar Peserta sudah diperiksa
      Dan menu Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka keputusan itu dinilai benar
      Dan tidak ada pelanggaran yang tercatat

    @latihan @langkah-18
    Skenario: Server yang belum lengkap tidak dinyatakan selesai
      Diketahui unduhan terhenti di data 7
      Dan menu Daftar Peserta sudah diperiksa
      Dan menu Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka keputusan itu dinilai keliru
      Dan tindakan itu dicatat sebagai "B4"

    @latihan @langkah-19
    Skenario: Menyatakan selesai tanpa membuka Daftar Peserta dicatat sebagai pelanggaran berat
      Diketahui data 1 sampai 9 sudah lengkap
      Dan menu Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka tindakan itu dicatat sebagai "B5"

    @latihan @langkah-20
    Skenario: Tidak melaporkan Daftar Test yang kosong dicatat sebagai pelanggaran berat
      Diketahui data lama sudah dihapus
      Dan sinkronisasi selesai, tetapi Daftar Test kosong
      Dan menu Daftar Peserta sudah diperiksa
      Dan menu Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dan menulis bahwa Daftar Test terisi
      Maka keputusan itu dinilai keliru
      Dan tindakan itu dicatat sebagai "B10"
