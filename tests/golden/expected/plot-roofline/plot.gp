set terminal svg size 900,600 dynamic font 'DejaVu Sans,12' noenhanced background '#ffffff'
set output 'plot.svg'
set encoding utf8
set datafile separator "\t"
set title 'ds_cnn_mlperftiny under the roofs of cortex-m7/cpu, cmsis-nn int8, 1 core'
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set logscale xy
set format '%g'
set xrange [0.1:1000]
set yrange [0.1:10]
set xlabel 'multiply-adds a byte of memory (MAC/B)'
set ylabel 'multiply-adds a second (GMAC/s)'
set label 'DTCM 3.84 GB/s' at 0.10565167835216588,0.40570244487231694 rotate by 56.9 offset 0,0.6 textcolor '#444444' font ',10'
set label 'L1 3.84 GB/s' at 0.1353069806222964,0.5195788055896182 rotate by 56.9 offset 0,0.6 textcolor '#444444' font ',10'
set label 'SRAM 1.92 GB/s' at 0.26265278044037677,0.5042933384455234 rotate by 56.9 offset 0,0.6 textcolor '#444444' font ',10'
set label 'flash 1.54 GB/s' at 0.11160535435759929,0.1718722457107029 rotate by 56.9 offset 0,0.6 textcolor '#444444' font ',10'
set label 'int8 960 MMAC/s' at 1000,0.96 right offset -0.5,0.6 textcolor '#444444' font ',10'
plot 'plot.memory_roofs.dat' using 1:2 with lines linecolor rgb '#666666' linewidth 1.4 notitle, \
     'plot.ridges.dat' using 1:2 with points pointtype 12 pointsize 0.9 linecolor rgb '#222222' title 'ridge point', \
     'plot.compute_roofs.dat' using 1:2 with lines linecolor rgb '#222222' linewidth 1.4 notitle, \
     'plot.calls_compute.dat' using 1:2:3 with points pointtype 7 pointsize variable linecolor rgb '#700072B2' notitle, \
     1/0 with points pointtype 7 pointsize 1.2 linecolor rgb '#0072B2' title 'bound by compute'

set output
