# Sourced by test-window.sh: the main line without touch and without looking. Where the
# focus is, only the spoken words tell.
heard() {
    tail -n 3 "$here/speech.txt" | grep -qF -- "$1"
}

hears() {
    wait_until "\"$1\"" heard "$1"
}

press() {
    local lines
    lines=$(wc -l <"$here/speech.txt")
    xdotool key "$1"
    wait_until "words after $1" spoken "$((lines + 1))"
}

# choose PATTERN: next, next … until what is spoken begins so, then Enter.
choose() {
    local i
    for ((i = 0; i < 60; i++)); do
        press Tab || return 1
        if [[ $(tail -n 1 "$here/speech.txt") == $1* ]]; then
            xdotool key Return
            return 0
        fi
    done
    echo "# \"$1\" was never spoken"
    return 1
}

keys_to_a_wish() {
    choose "Jobs ansehen" && hears "Wie alt bist du?" &&
        choose "15–17" && hears "Gehst du noch zur Schule?" &&
        choose "Ja" && hears "Jobs für dich" &&
        choose "* Euro. " && hears "Du darfst das machen" &&
        choose "Ja, das will ich machen" && hears "Wer bist du?" &&
        scan "${codes[FALKE]}" && hears "Dein Wunsch ist gespeichert, Falke." &&
        hears "Dein Zettel ist gedruckt." &&
        choose "Fertig" && hears "Was möchtest du machen?"
}

keys_to_take_it_back() {
    choose "Meine Wünsche" && hears "Wer bist du?" &&
        scan "${codes[FALKE]}" && hears "Deine Wünsche, Falke." &&
        choose "Zurücknehmen" && hears "Dein Wunsch ist zurückgenommen." &&
        choose "Abmelden" && hears "Was möchtest du machen?"
}

# On what the hand left: its card still signs in.
by_keys() {
    check "the window opens again" kiosk_open hand --size 1280x800
    check "keys and words alone lead to a wish" keys_to_a_wish
    check "and take it back" keys_to_take_it_back
    check "the read-aloud key tells the screen" press F1
    check "Escape leads back" keys_back
    check "an interrupt ends it well" kiosk_end INT
    check "the log tells the second wish" has_kinds "$(expected_kinds)wish.made wish.undone "
}

keys_back() {
    choose "Jobs ansehen" && hears "Wie alt bist du?" && press Escape &&
        hears "Was möchtest du machen?"
}
