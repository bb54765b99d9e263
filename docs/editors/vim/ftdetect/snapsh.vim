autocmd BufNewFile,BufRead *.snap setfiletype snapsh
autocmd BufNewFile,BufRead * if getline(1) =~# '^#!.*\<snapsh\>' | setfiletype snapsh | endif
