/** Frequent given names of several countries: many values that begin or end with one are names of people. */
export const givenNames: ReadonlySet<string> = new Set(
  `aaron adam adrian agnieszka aisha alan albert alejandro alessandro alex alexander alexandra alice alicia ali amanda amelie amy ana anders andre andrea andreas andrew andrzej
angela anita ann anna anne annette antonio anton antoine arthur astrid barbara bart beatriz ben benjamin bernd bernard bianca bob brian bruno camille carla carlos carmen caroline
catherine cecile charles charlotte chloe chris christian christina christine christoph claire clara claudia claus cristina dagmar daniel daniela david deborah denis diana diego dieter
dirk dominik donald dorota edward elena elias elisabeth elizabeth ella emily emma eric erik eva ewa fabian fatima felix fernando filip florian francesca francesco francisco frank
franz frederic gabriel gabriela george georg gerhard giovanni giulia giuseppe grace grzegorz guillaume hannah hans harald heike heinz helen helena helga hendrik henry hugo ian ines
ingrid irene isabel isabella ivan jack jacob jakob jakub james jan jana jane javier jean jennifer jens jessica jessie joan joanna joao joe johan johanna johann john jonas jorge jose joseph
josef juan judith julia julie julien jurgen jan justyna karen karin karl katarzyna kate katherine kathrin kenneth kevin klaus krzysztof lars laura lea lena leo leon leonie lisa luc luca lucas
lucia lucy luis luisa lukas magdalena malgorzata manuel marc marcel marcin marco marek margaret maria mariana marie mario mark markus marta martha martin martina mary mateusz matthias
matteo maurice max maximilian megan melanie mia michael michal michel michelle miguel mohamed mohammed monica monika nadia nancy natalia nathalie nicholas nicolas nicole nina noah nora
olga oliver olivia omar oscar pablo paola patricia patrick paul paula pauline pedro peter petra philip philipp philippe pierre pieter piotr rachel rafael ralf raul rebecca rene ricardo
richard rita robert roberto roger roland roman rosa ruth sabine samuel sandra sara sarah sebastian sergio silvia simon sofia sonja sophia sophie stefan stefanie stephan stephen steve
steven susan susanne sven sylvie tanja teresa theo thomas tim tobias tom tomasz ulrich ulrike ursula uwe valentina vera veronica victor victoria vincent walter werner wilhelm william
willem wojciech wolfgang xavier yann yusuf yves zofia zoe alan ada grace edsger barbara donald linus margaret katherine dorothy hedy radia sanne daan bram lotte jeroen maarten femke tiago
rui joaquim matilde beatrice chiara davide elisa simone stefano jadwiga halina jerzy janusz zbigniew stanislaw tadeusz kamil pawel lukasz`.split(
    /\s+/,
  ),
)
