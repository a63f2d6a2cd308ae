set terminal pngcairo size 2000,1100 font 'DejaVu Sans,22' noenhanced linewidth 2 pointscale 2
set output 'plot.png'
set encoding utf8
set datafile separator "\t"
set title 'min latency and max accuracy'
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set rmargin at screen 0.66
set key at screen 0.98, screen 0.92 right top
set xlabel 'latency (ms)'
set ylabel 'accuracy (%)'
set logscale x
set format '%g'
set offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04
set label '1' at 5,66 offset 0.6,0.7 font ',17'
set label ' 1  slim|v1, phone' at screen 0.70, screen 0.720 font ',17'
set label '2' at 10,72 offset 0.6,0.7 font ',17'
set label ' 2  wide, phone' at screen 0.70, screen 0.675 font ',17'
plot 'plot.infeasible.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#bbbbbb' title 'infeasible', \
     'plot.feasible.dat' using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '#800072B2' title 'case', \
     'plot.frontier.dat' using 1:2 with steps linecolor rgb '#D55E00' linewidth 1.5 notitle, \
     'plot.frontier.dat' using 1:2:3:4:5:6 with xyerrorbars pointtype -1 linecolor rgb '#D55E00' linewidth 0.5 notitle, \
     'plot.frontier.dat' using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#D55E00' title 'frontier, 80 % interval'

set output
