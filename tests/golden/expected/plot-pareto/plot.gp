set terminal pngcairo size 2000,1100 font 'DejaVu Sans,22' noenhanced linewidth 2 pointscale 2
set output 'plot.png'
set encoding utf8
set datafile separator "\t"
set label 'min latency and max accuracy' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set rmargin at screen 0.66
set key at screen 0.98, screen 0.92 right top
set format '%g'
set offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04
set xlabel 'latency'
set logscale x
set xrange [0.003:2]
set xtics ('10 ms' 0.01, '100 ms' 0.1, '1 s' 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 2 1)
set ylabel 'accuracy (%)'
set label '1' at 0.005,66 offset 0.6,0.7 font ',17'
set label ' 1  slim|v1, phone' at screen 0.70, screen 0.720 font ',17'
set label '2' at 0.01,72 offset 0.6,0.7 font ',17'
set label ' 2  wide, phone' at screen 0.70, screen 0.675 font ',17'
plot 'plot.infeasible.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#bbbbbb' title 'infeasible', \
     'plot.feasible.dat' using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '#800072B2' title 'case', \
     'plot.frontier.dat' using 1:2 with steps linecolor rgb '#D55E00' linewidth 1.5 notitle, \
     'plot.frontier.dat' using 1:2:3:4:5:6 with xyerrorbars pointtype -1 linecolor rgb '#D55E00' linewidth 0.5 notitle, \
     'plot.frontier.dat' using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#D55E00' title 'frontier, 80 % interval'

set output
