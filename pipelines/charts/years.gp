# An indicator over the years: a line of what was reached for each place, with what was aimed at as rings. Data: a block
# for each place, separated by two empty lines: a line with its name, then year, actual, target. ARG4: blocks.
call 'pipelines/charts/style.gp' ARG1 ARG2 ARG3 ARG4
set key outside right center reverse Left
set xtics 1 format '%.0f'
set autoscale xfix
set offsets 0.4, 0.4, graph 0.08, graph 0.08
set label 2 '● 实际　○ 目标' at screen 0.98, screen 1 offset 0, character -1.7 right textcolor rgb soft
name(i) = system(sprintf("awk -v RS='\\n\\n\\n' -F '\\n' 'NR == %d { print $1 }' '%s'", i + 1, data))
do for [type in 'svg png'] {
	if (type eq 'svg') { set terminal svg size 960,540 font font . ',13' background '#ffffff' } \
	else { set terminal pngcairo size 1920,1080 font font . ',13' fontscale 2 linewidth 2 pointscale 2 background '#ffffff' }
	set output output . '.' . type
	plot for [i = 0:rows - 1] data index i every ::1 using 1:2 with linespoints lw 2 pt 7 ps 0.9 \
			lc rgb colour[i % 8 + 1] title name(i), \
		for [i = 0:rows - 1] data index i every ::1 using 1:3 with points pt 6 ps 1.5 lw 1.5 \
			lc rgb colour[i % 8 + 1] notitle
	unset output
}
