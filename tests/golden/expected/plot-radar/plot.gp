set terminal svg size 750,695 dynamic font 'DejaVu Sans,12' noenhanced background '#ffffff'
set output 'plot.svg'
set encoding utf8
set datafile separator "\t"
set label 'the rim is the best of these cases, the inner ring the worst' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
unset border
unset tics
unset grid
set key outside bottom center vertical Left reverse maxcols 1
set size ratio -1
set xrange [-1.8:1.8]
set yrange [-1.3:1.35]
set style fill transparent solid 0.10
set label 'latency' at 0.000,1.080 center offset 0,1.2
set label '900 ms to 5.00 ms' at 0.000,1.080 center offset 0,0.2 font ',10' textcolor '#555555'
set label 'accuracy' at 1.027,0.334 left offset 0,0.4
set label '66.00 % to 72.00 %' at 1.027,0.334 left offset 0,-0.6 font ',10' textcolor '#555555'
set label 'size' at 0.635,-0.874 left offset 0,-0.3
set label '879 KiB to 488 KiB' at 0.635,-0.874 left offset 0,-1.3 font ',10' textcolor '#555555'
set label 'energy' at -0.635,-0.874 right offset 0,-0.3
set label '300 mJ to 20.0 mJ' at -0.635,-0.874 right offset 0,-1.3 font ',10' textcolor '#555555'
set label 'memory' at -1.027,0.334 right offset 0,0.4
set label '1.91 MiB to 977 KiB' at -1.027,0.334 right offset 0,-0.6 font ',10' textcolor '#555555'
plot 'plot.web.dat' using 1:2 with lines linecolor rgb '#cccccc' linewidth 0.8 notitle, \
     'plot.case1.dat' using 1:2 with filledcurves closed linecolor rgb '#0072B2' notitle, \
     'plot.case1.dat' using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.5 linecolor rgb '#0072B2' title 'slim|v1, phone', \
     'plot.case2.dat' using 1:2 with filledcurves closed linecolor rgb '#D55E00' notitle, \
     'plot.case2.dat' using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.5 linecolor rgb '#D55E00' title 'wide, phone', \
     'plot.case3.dat' using 1:2 with filledcurves closed linecolor rgb '#009E73' notitle, \
     'plot.case3.dat' using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.5 linecolor rgb '#009E73' title 'slim|v1, board', \
     'plot.case4.dat' using 1:2 with filledcurves closed linecolor rgb '#CC79A7' notitle, \
     'plot.case4.dat' using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.5 linecolor rgb '#CC79A7' title 'wide, board'

set output
