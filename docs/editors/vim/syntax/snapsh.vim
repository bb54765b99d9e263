" Vim syntax of the snapsh language.
if exists('b:current_syntax')
  finish
endif

syntax iskeyword @,48-57,_,-
syntax sync minlines=200

" A test compares these words with those of the language.
let s:statements = 'let var if while for fn try use return throw break continue'
let s:types = 'any bool datetime duration enum float int list record size slice snapshot string'
let s:functions = 'abs ago contains date default ends-with env join keys len lower max min now '
  \ . 'range replace round split starts-with trim type upper'
let s:units = 'ms s min h d w B kB MB GB TB KiB MiB GiB TiB'

function! s:any(words) abort
  return '\%(' . join(split(a:words), '\|') . '\)'
endfunction

let s:start = '\%(\%(^\|[;{|]\|\$(\)\s*\)\@<='

execute 'syntax match snapshCommand "' . s:start . '\h[[:alnum:]_]*\%([-.]\h[[:alnum:]_]*\)*\>\%(\s*[(:]\)\@!"'
execute 'syntax match snapshStatement "' . s:start . s:any(s:statements) . '\>"'
syntax match snapshStatement "}\@<=\s*\%(else\%(\s\+if\)\?\|catch\|finally\)\>"
syntax match snapshStatement "\<in\>\%(\s*[$(\["'0-9]\)\@="
syntax match snapshStatement "\%(["']\s\+\)\@<=as\>"
syntax match snapshFunctionName "\%(\<fn\s\+\)\@<=\h[[:alnum:]_-]*"
syntax match snapshOutside "\%(\%(^\|[;{|]\|\$(\)\s*\)\@<=![^[:blank:];|(){}\[\]]\+"

execute 'syntax match snapshFunction "\<' . s:any(s:functions) . '(\@="'
execute 'syntax match snapshType "\%([[:alnum:]_)]\s*:\s*\%(list<\)\?\)\@<=' . s:any(s:types) . '\>"'
syntax region snapshEnum matchgroup=snapshType start="\<enum(" end=")"
syntax keyword snapshConstant true false null
syntax keyword snapshOperatorWord and or not

execute 'syntax match snapshNumber "\%([[:alnum:]_.-]\)\@<!-\?\d\+\%(\.\d\+\)\?' . s:any(s:units)
  \ . '\?\%([[:alnum:]_-]\)\@!"'
syntax match snapshNumber "\%([[:alnum:]_.-]\)\@<!\d\{4}-\d\d-\d\d\%(T[0-9:.]\+\%(Z\|[+-]\d\d:\?\d\d\)\?\)\?"
syntax match snapshNumber "\%(\.\.\)\@<=-\?\d\+\|\d\+\%(\.\.\)\@="

syntax match snapshFlag "\%([[:blank:](,]\)\@<=\%(--\a[[:alnum:]_-]*\|-\a\>\)"
syntax match snapshOperator "|\|==\|!=\|<=\|>=\|!\~\|+=\|-=\|\s\@<=\%(//\|[<>~=+*/%-]\)\s\@="
syntax match snapshOperator "\.\.\.[$(\[]\@="

syntax match snapshVariable "\$\h\w*\%(\.\w\+?\?\)*"
syntax region snapshVariable matchgroup=snapshInterpolation start="\${" end="}"
syntax region snapshSubstitution matchgroup=snapshInterpolation start="\$(" end=")"
  \ contains=TOP
syntax region snapshParenthesis start="\$\@<!(" end=")" transparent contains=TOP

syntax region snapshString start="'" end="'"
syntax region snapshString start=+"+ skip=+\\.+ end=+"+
  \ contains=snapshEscape,snapshBadVariable,snapshBracedVariable,snapshSubstitution
syntax match snapshEscape "\\\%([ntre0"\\$']\|u{\x\{1,8}}\|$\)" contained
syntax match snapshBadVariable "\$\h\w*" contained
syntax region snapshBracedVariable matchgroup=snapshInterpolation start="\${" end="}" contained

syntax match snapshComment "\%(^\|[[:blank:];|(){}\[\],]\@<=\)#.*$" contains=@Spell

highlight default link snapshCommand Function
highlight default link snapshStatement Statement
highlight default link snapshFunctionName Function
highlight default link snapshOutside Special
highlight default link snapshFunction Function
highlight default link snapshType Type
highlight default link snapshEnum Constant
highlight default link snapshConstant Constant
highlight default link snapshOperatorWord Operator
highlight default link snapshNumber Number
highlight default link snapshFlag Identifier
highlight default link snapshOperator Operator
highlight default link snapshVariable Identifier
highlight default link snapshBracedVariable Identifier
highlight default link snapshInterpolation Special
highlight default link snapshString String
highlight default link snapshEscape SpecialChar
highlight default link snapshBadVariable Error
highlight default link snapshComment Comment

let b:current_syntax = 'snapsh'
