_clap_complete_caredesk() {
    local IFS=$'\013'
    if compopt +o nospace 2> /dev/null; then
        local _CLAP_COMPLETE_SPACE=false
    else
        local _CLAP_COMPLETE_SPACE=true
    fi
    COMPREPLY=( $( \
        _CLAP_COMPLETE_COMP_TYPE="${COMP_TYPE}" \
        COMPLETE="bash" \
        caredesk -- "$2" "${COMP_LINE:0:COMP_POINT}" 2> /dev/null \
    ) )
    if [[ $? != 0 ]]; then
        unset COMPREPLY
    elif [[ $_CLAP_COMPLETE_SPACE == false ]] && [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _clap_complete_caredesk caredesk
else
    complete -o nospace -o bashdefault -F _clap_complete_caredesk caredesk
fi
