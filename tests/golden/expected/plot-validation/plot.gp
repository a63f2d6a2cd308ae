set terminal pdfcairo size 16.00cm,12.00cm font 'DejaVu Sans,9' noenhanced linewidth 1.2 pointscale 0.6
set output 'plot.pdf'
set encoding utf8
set datafile separator "\t"
set label '4 measurements: median error 47.1 %, 25 % within 10 %, 25 % within 20 %' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set logscale x
set xrange [0.0001:0.005]
set xtics ('100 us' 0.0001, '300 us' 0.0003, '1 ms' 0.001, '3 ms' 0.003, '' 0.0002 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.002 1, '' 0.004 1, '' 0.005 1)
set logscale y
set yrange [0.0001:0.005]
set ytics ('100 us' 0.0001, '300 us' 0.0003, '1 ms' 0.001, '3 ms' 0.003, '' 0.0002 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '' 0.002 1, '' 0.004 1, '' 0.005 1)
set xlabel 'measured latency'
set ylabel 'forecast latency'
set size ratio 1
set style fill transparent solid 0.18 noborder
plot 'plot.group1.dat' using 1:2:3:4 with yerrorbars linecolor rgb '#0072B2' linewidth 0.6 pointtype -1 notitle, \
     'plot.group1.dat' using 1:2 with points linecolor rgb '#000072B2' pointtype 7 pointsize 0.5 title 'raspberry-pi-4/cpu', \
     '+' using 1:($1/1.2):($1*1.2) with filledcurves linecolor rgb '#888888' title '20 %', \
     '+' using 1:($1/1.1):($1*1.1) with filledcurves linecolor rgb '#555555' title '10 %', \
     x with lines linecolor rgb '#000000' linewidth 1 notitle

set output
