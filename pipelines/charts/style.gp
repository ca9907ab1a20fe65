# What all charts share. Arguments: ARG1 data, ARG2 title, ARG3 output without suffix, ARG4 number of rows.
# Words that came from reports reach gnuplot as data and as values of variables, never as commands.
data = ARG1
output = ARG3
rows = int(ARG4)
ink = '#33302c'
soft = '#8a857c'
array colour[8] = ['#1d5fae', '#d2691e', '#2c8a4b', '#a23b72', '#14868c', '#b58900', '#6c4fc0', '#7a6a58']

set encoding utf8
set datafile separator tab
set datafile missing ''
set border 0
set tics scale 0 textcolor rgb soft
set grid lt 1 lw 1 lc rgb '#e8e4dc'
set label 1 ARG2 noenhanced at screen 0.02, screen 1 offset 0, character -1.7 left font ',17' textcolor rgb ink
set tmargin 4.5
set key noenhanced textcolor rgb ink samplen 1.5
set format y '%.10g'
font = 'Noto Sans CJK SC'
