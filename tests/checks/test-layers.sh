#!/bin/bash
# Holds app/ and sync/ to layers.txt: every #include, and the Makefile's USES_ lines.
set -euo pipefail
cd "$(dirname "$0")/../.."
table=tests/checks/layers.txt
posix="unistd.h fcntl.h fnmatch.h poll.h pthread.h signal.h strings.h syslog.h termios.h dirent.h
netdb.h netinet/in.h netinet/tcp.h arpa/inet.h semaphore.h getopt.h sys/random.h sys/stat.h
sys/types.h sys/socket.h sys/time.h sys/wait.h sys/un.h sys/uio.h sys/eventfd.h sys/ioctl.h
sys/mman.h sys/file.h sys/vfs.h sys/statvfs.h sys/sysinfo.h sys/timerfd.h sys/epoll.h
sys/inotify.h sys/signalfd.h sys/resource.h sys/prctl.h sys/auxv.h spawn.h glob.h pwd.h
sched.h ftw.h linux/input.h linux/usb/lp.h sys/timex.h"
iso="assert.h ctype.h errno.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h
signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h
stdnoreturn.h string.h time.h wchar.h wctype.h"

column() { # column FOLDER N
    awk -F'|' -v f="$1" -v n="$2" '!/^#/ { gsub(/ +$/, "", $1) } $1 == f { print $n }' "$table"
}

has() { # has WORD LIST...
    local word=$1
    shift
    [[ " $* " == *" $word "* ]]
}

# Every line in DIR that the table does not allow FOLDER, as FILE: HEADER.
check_folder() { # check_folder FOLDER DIR
    local folder=$1 dir=$2 inside outside file header name
    inside=$(column "$folder" 2)
    outside=$(column "$folder" 3)
    has posix $outside && outside="$outside $posix"
    while IFS=: read -r file header; do
        name=${file##*/}
        case $header in
        \<*)
            header=${header:1}
            has "$header" $iso $outside || has "$header@$name" $outside ||
                echo "$file: <$header>"
            ;;
        *)
            header=${header:1}
            if [[ $header == */* ]]; then
                has "${header%%/*}" "$folder" $inside || has "$header" $inside ||
                    echo "$file: \"$header\""
            elif [ "$folder" != . ] && [ "$folder" != sync ] && [ "$header" != assets.h ]; then
                echo "$file: \"$header\""
            fi
            ;;
        esac
    done < <(find "$dir" -maxdepth 1 -name '*.[ch]' -print0 | sort -z |
        xargs -0 -r grep -HoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+' |
        sed -E 's/:[^<"]*/:/')
}

# The folders that FOLDER reaches by any road, sorted.
reach() {
    local seen=" " todo=$1 next=
    while [ -n "$todo" ]; do
        next=
        for f in $todo; do
            for g in $(column "$f" 2); do
                g=${g%%/*}
                if [[ $seen != *" $g "* ]]; then
                    seen+="$g "
                    next+=" $g"
                fi
            done
        done
        todo=$next
    done
    echo $seen | tr ' ' '\n' | sort
}

verdict() { # verdict NAME FINDINGS
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/# /'
        status=1
    fi
}

status=0
for dir in app/*/ sync/*/; do
    folder=$(basename "$dir")
    if [ -z "$(column "$folder" 2)$(column "$folder" 3)" ]; then
        verdict "$folder stands in the table" "$folder has no line in $table"
        continue
    fi
    verdict "$folder includes only what it may" "$(check_folder "$folder" "$dir")"
    uses=$(sed -nE "s/^USES_$folder *:= *//p" Makefile | tr -s ' ' '\n' | sed '/^$/d' | sort)
    verdict "$folder links what it includes" \
        "$(diff <(reach "$folder") <(echo "$uses") | grep '^[<>]' |
            sed 's/^</table, not USES_:/; s/^>/USES_, not table:/' || true)"
done
verdict "the top of app includes only what it may" "$(check_folder . app)"
verdict "the top of sync includes only what it may" "$(check_folder sync sync)"
verdict "app includes nothing of sync" \
    "$(grep -rnE '#[[:space:]]*include.*(sync|wire|client|server)/' app --include='*.[ch]' || true)"
exit $status
