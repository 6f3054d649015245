# Ends what its parent started when the parent is gone, however it went.
#
# Its standard input is a pipe of which only the parent holds the other end, so the end of input is the parent's end.
# Lines on it:
#   watch SIGNAL:PID   end this process by this signal
#   pidfile PATH       end the process whose id is the first line of this file (a server that is just starting)
#   delete PATH        remove this folder
#   forget WORD        take back the watch of a PID, or a PATH
#   done               all is tidied up: nothing to do any more
#
# A signal to the whole process group (Ctrl-C) must not end the guard before its parent.
trap '' INT TERM HUP QUIT

watched=''
pidfiles=0
while IFS=' ' read -r verb rest; do
    case $verb in
        watch) watched="$watched $rest" ;;
        pidfile)
            set -- "$@" "p$rest"
            pidfiles=1
            ;;
        delete) set -- "$@" "d$rest" ;;
        forget)
            kept=''
            for entry in $watched; do
                [ "${entry#*:}" = "$rest" ] || kept="$kept $entry"
            done
            watched=$kept
            count=$#
            while [ "$count" -gt 0 ]; do
                entry=$1
                shift
                [ "${entry#?}" = "$rest" ] || set -- "$@" "$entry"
                count=$((count - 1))
            done
            ;;
        done) exit 0 ;;
    esac
done

# Rounds of a tenth of a second: asked once, forced after five seconds, given up after ten. A server that was just
# starting may write its pid file a moment later, so for those the first three seconds are waited out.
round=0
while [ "$round" -lt 100 ]; do
    alive=0
    for entry in $watched; do
        pid=${entry#*:}
        if kill -0 "$pid" 2>/dev/null; then
            alive=1
            [ "$round" -eq 0 ] && kill -"${entry%%:*}" "$pid" 2>/dev/null
            [ "$round" -eq 50 ] && kill -KILL "$pid" 2>/dev/null
        fi
    done
    for entry in "$@"; do
        file=${entry#p}
        [ "$entry" != "$file" ] && [ -s "$file" ] || continue
        pid=''
        IFS= read -r pid <"$file"
        if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
            alive=1
            if [ "$round" -lt 50 ]; then kill -INT "$pid" 2>/dev/null; else kill -KILL "$pid" 2>/dev/null; fi
        fi
    done
    if [ "$alive" -eq 0 ]; then
        [ "$pidfiles" -eq 0 ] || [ "$round" -ge 30 ] && break
    fi
    sleep 0.1 2>/dev/null || sleep 1
    round=$((round + 1))
done

for entry in "$@"; do
    folder=${entry#d}
    [ "$entry" != "$folder" ] && rm -rf -- "$folder"
done
exit 0
