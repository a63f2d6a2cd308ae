set terminal svg size 900,550 dynamic font 'DejaVu Sans,12' noenhanced background '#ffffff'
set output 'plot.svg'
set encoding utf8
set datafile separator "\t"
set label 'ds_cnn_mlperftiny at int8, batch 1: an arena of 15.6 KiB, fullest at block1/depthwise' at screen 0.5, screen 0.965 center
set tmargin 3.2
set border 3 linecolor '#444444'
set tics nomirror out textcolor '#222222'
set grid linecolor '#dddddd' linetype 1 linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.2
set xlabel 'kernel call'
set ylabel 'place in the arena (KiB)'
set xrange [-1:12]
set yrange [0:*]
set style fill transparent solid 0.55 border linecolor rgb '#ffffff'
set arrow from 1, graph 0 to 1, graph 1 nohead linecolor rgb '#222222' dashtype 2
plot 'plot.blocks.dat' using (0):(0):1:2:3:4 with boxxyerror linecolor rgb '#56B4E9' title 'buffer', \
     'plot.at_peak.dat' using (0):(0):1:2:3:4 with boxxyerror linecolor rgb '#D55E00' title 'alive at the peak', \
     'plot.live.dat' using 1:2 with histeps linecolor rgb '#000000' linewidth 1.4 title 'bytes alive', \
     15.625 with lines linecolor rgb '#444444' dashtype 3 title 'arena'

set output
