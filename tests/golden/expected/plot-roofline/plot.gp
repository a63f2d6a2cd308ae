set terminal svg size 900,600 dynamic font 'DejaVu Sans,12' noenhanced background '#ffffff'
set output 'plot.svg'
set encoding utf8
set datafile separator "\t"
set label 'ds_cnn_mlperftiny under the roofs of cortex-m7/cpu, cmsis-nn int8, 1 core' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set logscale x
set xrange [0.06:200]
set xtics ('0.1' 0.1, '1' 1, '10' 10, '100' 100, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '' 200 1)
set logscale y
set yrange [0.1:2]
set ytics ('0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '' 0.3 1, '' 0.4 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1)
set xlabel 'multiply-adds a byte of memory (MAC/B)'
set ylabel 'multiply-adds a second (GMAC/s)'
set label 'int8 960 MMAC/s' at 200,0.96 right offset -0.5,0.6 textcolor '#444444' font ',10'
plot 'plot.roof_DTCM.dat' using 1:2 with lines linecolor rgb '#D55E00' linewidth 1.4 dashtype 1 title 'DTCM 3.84 GB/s', \
     'plot.roof_L1.dat' using 1:2 with lines linecolor rgb '#009E73' linewidth 1.4 dashtype 2 title 'L1 3.84 GB/s', \
     'plot.roof_SRAM.dat' using 1:2 with lines linecolor rgb '#CC79A7' linewidth 1.4 dashtype 3 title 'SRAM 1.92 GB/s', \
     'plot.roof_flash.dat' using 1:2 with lines linecolor rgb '#E69F00' linewidth 1.4 dashtype 4 title 'flash 1.54 GB/s', \
     'plot.ridges.dat' using 1:2 with points pointtype 12 pointsize 0.9 linecolor rgb '#222222' title 'ridge point', \
     'plot.compute_roofs.dat' using 1:2 with lines linecolor rgb '#222222' linewidth 1.4 notitle, \
     'plot.calls_compute.dat' using 1:2:3 with points pointtype 7 pointsize variable linecolor rgb '#700072B2' notitle, \
     1/0 with points pointtype 7 pointsize 1.2 linecolor rgb '#0072B2' title 'bound by compute'

set output
