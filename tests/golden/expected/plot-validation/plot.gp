set terminal pdfcairo size 16.00cm,12.00cm font 'DejaVu Sans,9' noenhanced linewidth 1.2 pointscale 0.6
set output 'plot.pdf'
set encoding utf8
set datafile separator "\t"
set title '4 measurements: median error 47.1 %, 25 % within 10 %, 25 % within 20 %'
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set logscale xy
set xlabel 'measured latency (ms)'
set ylabel 'forecast latency (ms)'
set format '%g'
set xrange [0.13326445549343066:5.460000000000001]
set yrange [0.13326445549343066:5.460000000000001]
set size ratio 1
set style fill transparent solid 0.18 noborder
plot 'plot.group1.dat' using 1:2:3:4 with yerrorbars linecolor rgb '#0072B2' linewidth 0.6 pointtype -1 notitle, \
     'plot.group1.dat' using 1:2 with points linecolor rgb '#000072B2' pointtype 7 pointsize 0.5 title 'raspberry-pi-4/cpu', \
     '+' using 1:($1/1.2):($1*1.2) with filledcurves linecolor rgb '#888888' title '20 %', \
     '+' using 1:($1/1.1):($1*1.1) with filledcurves linecolor rgb '#555555' title '10 %', \
     x with lines linecolor rgb '#000000' linewidth 1 notitle

set output
