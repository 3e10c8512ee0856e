# language: id
@bab-12 @peran-proktor
Fitur: Pelatih dan pembahasan
  Di sebelah mesin tiruan ada panel pelatih. Bantuannya berkurang dari tingkat ke tingkat.
  Bab ini menunjukkan bantuan setiap tingkat dan jalannya pembahasan.

  Setelah bab ini, proktor dapat:

  - memilih tingkat latihan yang sesuai dengan kemampuannya;
  - memakai petunjuk tanpa takut nilainya berkurang;
  - membaca pembahasan, lalu mencoba lagi dari titik yang keliru.

  Pelatih tidak pernah menutupi layar. Tombol berbahaya bekerja seperti pada sistem sebenarnya.

  Latar Belakang:
    Diketahui proktor bekerja di mesin "SRV-UJIAN-01" yang dipakai ujian hari Senin

  Aturan: Setiap tingkat memberi bantuan yang berbeda

    Bantuan yang dilepas sedikit demi sedikit membuat proktor dapat bekerja sendiri.

    @layar @langkah-12
    Garis-Besar Skenario: Lembar kerja dan petunjuk hanya ada di tingkat tertentu
      Diketahui latihan ini bertingkat "<tingkat>"
      Dan status Dashboard sudah Aktif
      Ketika proktor membuka kursinya
      Maka panel pelatih <lembar> lembar kerja
      Dan panel pelatih <petunjuk> petunjuk
      Dan panel pelatih <pertanyaan> pertanyaan

      Contoh:
        | tingkat | lembar       | petunjuk     | pertanyaan   |
        | P0      | tidak memuat | tidak memuat | tidak memuat |
        | L1      | memuat       | memuat       | memuat       |
        | L2a     | tidak memuat | memuat       | tidak memuat |
        | L2b     | tidak memuat | memuat       | tidak memuat |
        | L3      | tidak memuat | memuat       | tidak memuat |
        | L4      | tidak memuat | tidak memuat | tidak memuat |
        | L5      | tidak memuat | tidak memuat | tidak memuat |
        | R       | tidak memuat | tidak memuat | tidak memuat |

  Aturan: Di tingkat L0, langkah ditebak sebelum diceritakan

    Tebakan membuat proktor memikirkan tanda di layar, bukan hanya menonton.

    @layar @langkah-12
    Skenario: Contoh berhenti sampai langkahnya ditebak
      Diketahui latihan "worked-example" sudah disiapkan
      Ketika proktor mengikuti contoh sampai pertanyaan pertama
      Maka contoh belum menceritakan langkah itu
      Dan bagian sesudahnya belum dapat dibuka

    @latihan @langkah-12
    Skenario: Tebakan yang keliru langsung dijelaskan
      Diketahui latihan "worked-example" sudah disiapkan
      Dan contoh sudah diikuti sampai pertanyaan pertama
      Ketika proktor menebak "HAPUS"
      Maka contoh menjawab "BACKUP" dengan alasan "Data lama disalin dahulu."

  Aturan: Di tingkat L1, layar dibaca sebelum tindakan penting

    Jawabannya dicocokkan dengan layar saat itu, bukan dengan hafalan.

    @latihan @langkah-06 @langkah-08
    Garis-Besar Skenario: Versi yang ditulis dibandingkan dengan layar
      Diketahui latihan ini bertingkat "L1"
      Dan patching sudah selesai
      Ketika proktor menjawab Jeda 1 dan menulis versi "<versi>"
      Maka jawaban itu <cocok> dengan layar
      Dan panel pelatih <pertanyaan> pertanyaan

      Contoh:
        | versi | cocok       | pertanyaan   |
        | 5.0.4 | belum cocok | memuat       |
        | 5.1.0 | cocok       | tidak memuat |

  Aturan: Di tingkat L1, larangan didahului pertanyaan tentang akibatnya

    Proktor mengatakan sendiri akibatnya pada hari ujian, lalu memutuskan.

    @layar @langkah-21 @larangan-21
    Skenario: HAPUS setelah lengkap belum dijalankan sebelum ditanyakan
      Diketahui latihan ini bertingkat "L1"
      Dan data 1 sampai 9 sudah lengkap
      Ketika proktor menekan HAPUS di kursinya
      Maka pelatih bertanya tentang akibatnya
      Dan kejadian "HAPUS" tidak tercatat

    @latihan @langkah-21 @larangan-21
    Skenario: Batal pada pertanyaan itu tidak mengubah apa pun
      Diketahui latihan ini bertingkat "L1"
      Dan data 1 sampai 9 sudah lengkap
      Dan HAPUS sudah ditekan di kursinya
      Ketika proktor memilih "Batal, jangan hapus"
      Maka server ujian siap untuk hari Senin
      Dan tidak ada pelanggaran yang tercatat

    # DILARANG: Tombolnya tetap bekerja. Jangan menekan Ya, hapus, selain dalam latihan.
    @latihan @langkah-21 @larangan-21
    Skenario: Jawaban yang benar tidak membuka izin untuk melanggar
      Diketahui latihan ini bertingkat "L1"
      Dan data 1 sampai 9 sudah lengkap
      Dan HAPUS sudah ditekan di kursinya
      Ketika proktor menjawab "Tidak ada peserta yang dapat masuk", lalu tetap menghapus
      Maka tindakan itu dicatat sebagai "K2"
      Dan panel pelatih memuat umpan balik

    @latihan @langkah-21 @larangan-21
    Garis-Besar Skenario: Mulai tingkat L2a, pelatih tidak bertanya lagi
      Diketahui latihan ini bertingkat "<tingkat>"
      Dan data 1 sampai 9 sudah lengkap
      Ketika proktor menekan HAPUS di kursinya
      Maka pelatih tidak bertanya tentang akibatnya
      Dan layar bertanya apakah semua data dihapus

      Contoh:
        | tingkat |
        | L2a     |
        | L3      |
        | L4      |
        | L5      |

  Aturan: Petunjuk dibuka satu per satu, dicatat, dan tidak mengurangi hasil

    Tiga petunjuk menunjukkan tempat melihat, tindakannya, lalu bunyi langkahnya.

    @layar @langkah-12
    Skenario: Petunjuk ketiga menunggu petunjuk kedua
      Diketahui latihan ini bertingkat "L3"
      Dan status Dashboard sudah Aktif
      Ketika proktor membuka petunjuk pertama
      Maka 1 petunjuk tercatat
      Dan petunjuk "2. Apa yang dilakukan" dapat dibuka
      Tetapi petunjuk "3. Langkahnya" belum dapat dibuka

    @latihan @langkah-19
    Skenario: Latihan dengan tiga petunjuk tetap bernilai penuh
      Diketahui latihan ini bertingkat "L3"
      Dan data 1 sampai 9 sudah lengkap
      Dan ketiga petunjuk sudah dibuka
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka 3 petunjuk tercatat
      Dan nilai prosesnya 100 persen

  Aturan: Umpan balik selalu berbentuk sama

    Isinya empat: kejadiannya, langkahnya, akibatnya, dan cara mencoba lagi.

    @layar @langkah-16
    Skenario: Di tingkat L1, umpan balik datang saat itu juga
      Diketahui latihan ini bertingkat "L1"
      Dan data lama sudah dihapus
      Ketika proktor menekan START SYNC
      Maka umpan balik menyebut kejadian, langkah 16, akibat, dan jalan kembali

    @latihan @langkah-16
    Garis-Besar Skenario: Di tingkat mandiri, umpan balik menunggu pembahasan
      Diketahui latihan ini bertingkat "<tingkat>"
      Dan data lama sudah dihapus
      Ketika proktor menekan START SYNC
      Maka tindakan itu dicatat sebagai "R1"
      Tetapi panel pelatih tidak memuat umpan balik

      Contoh:
        | tingkat |
        | L2a     |
        | L3      |
        | L4      |
        | L5      |

  Aturan: Kursi yang dibekukan menolak tindakan, tetapi menerima angkat tangan

    Kelas melihat ke depan bersama. Tidak ada pekerjaan yang berjalan diam-diam.

    @layar @langkah-05
    Skenario: Tombol tidak bekerja selama kelas dibekukan
      Diketahui proktor berlatih di kursi 7 sebuah kelas
      Dan kelas sudah dibekukan
      Ketika proktor menekan Pembaharuan
      Maka layar menolak dengan pesan "Fasilitator menghentikan latihan sejenak. Tunggu sampai dilanjutkan."
      Dan jam latihan berhenti
      Dan kejadian "Pembaharuan" tidak tercatat

    @latihan @langkah-05
    Skenario: Fasilitator melihat tangan yang diangkat di kursi beku
      Diketahui proktor berlatih di kursi 7 sebuah kelas
      Dan kelas sudah dibekukan
      Ketika proktor menekan "Angkat tangan" di kursinya
      Maka konsol fasilitator memberi kursi itu huruf "T"

  Aturan: Kabar kelas sampai di layar yang sedang dibuka

    Kelas boleh berjalan lebih dahulu. Kursi yang tertinggal tetap mendengar fasilitator.

    @latihan @langkah-05
    Skenario: Kursi yang masih di latihan sebelumnya menerima pesan untuk semua
      Diketahui proktor berlatih di kursi 7 sebuah kelas
      Dan kelas sudah berpindah ke latihan lain
      Ketika fasilitator mengirim pesan "Lihat ke depan sebentar." kepada semua kursi
      Maka kursi itu menampilkan "Lihat ke depan sebentar."
      Dan kursi itu menampilkan "Kelas sudah berpindah ke latihan berikutnya."

  Aturan: Pembahasan dibuka dengan tebakan

    Tebakan dibandingkan dengan keadaan sebenarnya. Tebakan itu sendiri tidak dinilai.

    @layar @langkah-21
    Skenario: Hasil belum tampak sebelum proktor menebak
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan berita acara sudah diserahkan
      Ketika proktor membuka pembahasan
      Maka pembahasan meminta tebakan dahulu
      Dan putusannya belum tampak

    @latihan @langkah-21
    Garis-Besar Skenario: Tebakan dibandingkan dengan keadaan server
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan berita acara sudah diserahkan
      Ketika proktor menebak bahwa server <tebakan>
      Maka pembahasan berkata "<kalimat>"
      Dan latihan itu lulus

      Contoh:
        | tebakan    | kalimat                                        |
        | siap       | Tebakan Anda sesuai dengan keadaan sebenarnya. |
        | belum siap | Anda yakin, tetapi keadaannya berbeda.         |

  Aturan: Hari Senin dihitung dari keadaan sebenarnya

    Layar dapat hijau walaupun isinya kurang. Yang dihitung adalah peserta yang dapat masuk.

    @latihan @langkah-18 @langkah-19
    Skenario: Tiga peserta yang kurang tidak dapat masuk pada hari Senin
      Diketahui data lama sudah dihapus
      Dan sinkronisasi selesai, tetapi 3 peserta tidak diterima
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan berita acara sudah diserahkan
      Ketika proktor menebak bahwa server siap
      Maka pada hari Senin 33 dari 36 peserta dapat masuk ujian
      Dan pembahasan berkata "3 peserta tidak tercantum di server ini."

    @latihan @langkah-21 @larangan-21
    Skenario: Setelah HAPUS, tidak ada peserta yang dapat masuk
      Diketahui data 1 sampai 9 sudah lengkap
      Dan berita acara sudah diserahkan
      Dan semua data terhapus karena HAPUS
      Ketika proktor menebak bahwa server siap
      Maka pada hari Senin 0 dari 36 peserta dapat masuk ujian

    @latihan @langkah-18
    Skenario: HAPUS atas data yang baru sebagian juga mengosongkan server
      Diketahui data lama sudah dihapus
      Dan unduhan tidak bertambah lagi di data 6
      Dan semua data terhapus karena HAPUS
      Dan berita acara sudah diserahkan
      Ketika proktor menebak bahwa server siap
      Maka pada hari Senin 0 dari 36 peserta dapat masuk ujian
      Dan pembahasan berkata "HAPUS: data ujian yang baru sebagian ikut terhapus."

    # CATATAN: Tingkat L2b mengajak melanggar satu kali, dengan sengaja dan tanpa penilaian.
    @latihan @langkah-21 @larangan-21
    Skenario: Di tingkat L2b, hari Senin dapat dilihat tanpa berita acara
      Diketahui latihan ini bertingkat "L2b"
      Dan data 1 sampai 9 sudah lengkap
      Dan semua data terhapus karena HAPUS
      Ketika proktor menekan "Putar ke hari Senin" di kursinya
      Maka pada hari Senin 0 dari 36 peserta dapat masuk ujian

  Aturan: Pembahasan memuat paling banyak tiga hal untuk diingat

    Yang terberat disebut dahulu. Tiga hal masih dapat diingat sampai hari bertugas.

    @latihan @langkah-16 @langkah-17 @langkah-19 @langkah-20
    Skenario: Dari empat kekeliruan, tiga yang terberat dibahas
      Diketahui data lama sudah dihapus
      Dan tampilan Data Awal masih terbuka
      Dan sinkronisasi sudah selesai
      Dan berita acara sudah diserahkan dengan nama mesin yang keliru
      Ketika proktor menebak bahwa server siap
      Maka pembahasan memuat 3 hal, pertama-tama langkah 19
      Dan 4 pelanggaran tercatat

    @latihan @langkah-21 @larangan-21
    Skenario: Kalimat resmi dikutip beserta nomor langkahnya
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan berita acara sudah diserahkan
      Dan semua data terhapus karena HAPUS
      Ketika proktor menebak bahwa server siap
      Maka pembahasan memuat 1 hal, pertama-tama langkah 21
      Dan pembahasan berkata "DILARANG DENGAN KERAS MELAKUKAN HAPUS"

  Aturan: Coba lagi membuat latihan baru, dan rekaman aslinya tetap

    Kekeliruan boleh diulang dengan benar. Hasil yang pertama tidak ditimpa.

    @latihan @langkah-21
    Skenario: Latihan ulang dimulai sebelum kekeliruan
      Diketahui data 1 sampai 9 sudah lengkap
      Dan berita acara sudah diserahkan
      Dan semua data terhapus karena HAPUS
      Dan pembahasannya sudah dibuka
      Ketika proktor menekan "Coba lagi dari sini" pada hal pertama
      Maka latihan ulang dimulai dengan 9 data yang lengkap
      Dan rekaman aslinya tidak berubah

    @latihan @langkah-21
    Skenario: Latihan ulang dari tengah tidak memberi sertifikat
      Diketahui data 1 sampai 9 sudah lengkap
      Dan Daftar Peserta dan Status Test sudah diperiksa
      Dan latihan diulang dari sebelum HAPUS
      Ketika proktor menyatakan selesai dengan isian yang benar
      Maka latihan itu lulus
      Tetapi sertifikat tidak diterbitkan

    @latihan @langkah-21
    Skenario: Latihan yang lulus dari awal memberi sertifikat latihan simulasi
      Diketahui latihan "normal" sudah disiapkan
      Dan klien sudah mengerjakan seluruh prosedur
      Ketika proktor menebak bahwa server siap
      Maka latihan itu lulus
      Dan sertifikat diterbitkan
