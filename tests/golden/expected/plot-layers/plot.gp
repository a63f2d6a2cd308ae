set terminal svg size 900,505 dynamic font 'DejaVu Sans,12' noenhanced background '#ffffff'
set output 'plot.svg'
set encoding utf8
set datafile separator "\t"
set label 'ds_cnn_mlperftiny on cortex-m7/cpu, cmsis-nn int8: 14.3 ms' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set xlabel 'latency (ms), with its 80 % interval'
set xrange [0:*]
set yrange [11.7:-0.7]
set boxwidth 0.7
set style fill solid 0.85
unset grid
set grid xtics linecolor '#dddddd' linetype 1 linewidth 0.5
set ytics ('block1/pointwise' 0, 'block2/pointwise' 1, 'block3/pointwise' 2, 'block4/pointwise' 3, 'stem' 4, 'block1/depthwise' 5, 'block2/depthwise' 6, 'block3/depthwise' 7, 'block4/depthwise' 8, 'head/pool' 9, 'head/logits' 10, 'head/softmax' 11) scale 0
plot 'plot.bound_compute.dat' using (0):1:(0):2:($1-0.35):($1+0.35) with boxxyerror linecolor rgb '#0072B2' title 'compute', \
     'plot.bound_compute.dat' using 2:1:3:4 with xerrorbars linecolor rgb '#222222' pointtype -1 notitle, \
     'plot.bound_dispatch.dat' using (0):1:(0):2:($1-0.35):($1+0.35) with boxxyerror linecolor rgb '#56B4E9' title 'dispatch', \
     'plot.bound_dispatch.dat' using 2:1:3:4 with xerrorbars linecolor rgb '#222222' pointtype -1 notitle

set output
