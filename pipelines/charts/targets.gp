# Targets of places side by side, as bars. Data: place, value, value as it is written in the picture, in the order of the picture from below. ARG4: rows.
call 'pipelines/charts/style.gp' ARG1 ARG2 ARG3 ARG4
unset key
unset grid
set xrange [*<0:*]
set yrange [-0.7:rows - 0.3]
set ytics textcolor rgb ink
unset xtics
set offsets 0, graph 0.1, 0, 0
height = 130 + 34 * rows
do for [type in 'svg png'] {
	if (type eq 'svg') { set terminal svg size 960,height font font . ',13' background '#ffffff' } \
	else { set terminal pngcairo size 1920,2 * height font font . ',13' fontscale 2 linewidth 2 pointscale 2 background '#ffffff' }
	set output output . '.' . type
	plot data using ($2 / 2):0:($2 / 2):(0.33):ytic(1) with boxxyerror fill solid 1 lc rgb colour[2], \
		data using 2:0:3 with labels left offset 0.8, 0 noenhanced textcolor rgb ink
	unset output
}
