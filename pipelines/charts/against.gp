# What was aimed at against what was reached, a line for each place and year. Data: place and year, target, actual, in the
# order of the picture from below. ARG4: rows.
call 'pipelines/charts/style.gp' ARG1 ARG2 ARG3 ARG4
unset key
set label 2 '● 实际' at screen 0.98, screen 1 offset 0, character -1.7 right textcolor rgb colour[1]
set label 3 '○ 目标' at screen 0.98, screen 1 offset character -8, character -1.7 right textcolor rgb colour[2]
set yrange [-0.7:rows - 0.3]
set ytics textcolor rgb ink
set offsets graph 0.08, graph 0.08, 0, 0
set format x '%.10g'
height = 120 + 30 * rows
do for [type in 'svg png'] {
	if (type eq 'svg') { set terminal svg size 960,height font font . ',13' background '#ffffff' } \
	else { set terminal pngcairo size 1920,2 * height font font . ',13' fontscale 2 linewidth 2 pointscale 2 background '#ffffff' }
	set output output . '.' . type
	plot data using 2:0:($3 - $2):(0):ytic(1) with vectors nohead lw 3 lc rgb '#d9d4ca', \
		data using 2:0 with points pt 6 ps 1.4 lw 2 lc rgb colour[2], \
		data using 3:0 with points pt 7 ps 1.2 lc rgb colour[1]
	unset output
}
